"""In which language somebody's words are: told by the words, else what the person speaks."""

import pytest

from locales.languages import HERE, languages
from locales.spoken import foreign, language_of, told_by

#: as people write to an office, by language
SENTENCES = {
    "zh_CN": [
        "厨房水龙头漏水，明天下午三点后在家",
        "三楼走廊的灯坏了，晚上很黑",
        "电梯停在十二楼，里面有人",
        "请问这个月的物业费怎么交？",
        "空调 Midea 坏了，请派师傅来修",
        "朋友明天来访，车牌粤B12345",
    ],
    "zh_TW": [
        "廚房水龍頭漏水，明天下午三點後在家",
        "三樓走廊的燈壞了，晚上很黑",
        "電梯停在十二樓，裡面有人",
        "請問這個月的管理費怎麼繳？",
        "浴室天花板一直在滴水，麻煩派人來看",
        "隔壁裝修聲音太大，小孩睡不著覺",
    ],
    "en": [
        "Kitchen tap is leaking under the sink",
        "The corridor on the third floor is dark",
        "My friend comes tomorrow afternoon by car",
        "How much do I owe for this month?",
        "There is water coming through our ceiling",
        "Nobody came yesterday, please send somebody again",
    ],
    "ru": [
        "На кухне течёт кран под мойкой",
        "Лифт стоит на пятом этаже",
        "Завтра вечером ко мне придут гости",
        "Сколько я должен заплатить за этот месяц?",
        "В подъезде снова не горит свет",
        "Соседи сверху шумят каждую ночь",
    ],
    "es": [
        "El grifo de la cocina gotea desde ayer",
        "La luz del pasillo no funciona",
        "Mañana viene un amigo a visitarme en coche",
        "¿Cuánto debo pagar este mes?",
        "Hay una mancha de humedad en el techo",
        "Los vecinos hacen ruido todas las noches",
    ],
    "ar": [
        "صنبور المطبخ يسرب الماء منذ الأمس",
        "المصعد متوقف في الطابق الخامس",
        "سيزورني صديق غدا بعد الظهر",
        "كم يجب أن أدفع هذا الشهر؟",
        "النور في الممر لا يعمل",
        "الجيران يصدرون ضوضاء كل ليلة",
    ],
    "pt_BR": [
        "A torneira da cozinha está pingando desde ontem",
        "A luz do corredor não acende",
        "Amanhã vem um amigo me visitar de carro",
        "Quanto eu devo pagar neste mês?",
        "Tem uma mancha de umidade no teto",
        "Os vizinhos fazem barulho todas as noites",
    ],
    "fr": [
        "Le robinet de la cuisine fuit depuis hier",
        "La lumière du couloir ne marche pas",
        "Un ami vient me voir demain en voiture",
        "Combien dois-je payer pour ce mois ?",
        "Il y a une tache d'humidité au plafond",
        "Les voisins font du bruit toutes les nuits",
    ],
    "de": [
        "Der Wasserhahn in der Küche tropft seit gestern",
        "Das Licht im Flur geht nicht",
        "Morgen besucht mich ein Freund mit dem Auto",
        "Wie viel muss ich diesen Monat zahlen?",
        "An der Decke ist ein feuchter Fleck",
        "Die Nachbarn sind jede Nacht laut",
    ],
    "vi": [
        "Vòi nước trong bếp bị rò từ hôm qua",
        "Đèn hành lang tầng ba không sáng",
        "Ngày mai có bạn đến thăm tôi bằng ô tô",
        "Tháng này tôi phải đóng bao nhiêu tiền?",
        "Tran nha bi tham nuoc, nho anh xem giup",
        "Hàng xóm làm ồn mỗi đêm không ngủ được",
    ],
    "id": [
        "Keran dapur saya bocor sejak kemarin",
        "Lampu lorong lantai tiga tidak menyala",
        "Besok teman saya datang berkunjung dengan mobil",
        "Berapa yang harus saya bayar bulan ini?",
        "Ada noda lembap di langit-langit kamar",
        "Tetangga berisik setiap malam, mohon ditegur",
    ],
    "tr": [
        "Mutfaktaki musluk dünden beri damlıyor",
        "Üçüncü kattaki koridorun ışığı yanmıyor",
        "Yarın öğleden sonra bir arkadaşım arabayla gelecek",
        "Bu ay ne kadar ödemem gerekiyor?",
        "Tavanda ıslak bir leke var",
        "Komşular her gece gürültü yapıyor",
    ],
}
ALL = [(code, words) for code, found in SENTENCES.items() for words in found]


@pytest.mark.parametrize("otherwise", ["", "en", "zh_CN", "ar"])
def test_at_least_19_of_20_sentences_are_known_whoever_writes_them(otherwise: str):
    wrong = [(code, words) for code, words in ALL if language_of(words, otherwise) != code]
    assert len(wrong) <= len(ALL) / 20, wrong


def test_no_sentence_of_the_persons_own_language_is_taken_for_another_one():
    assert [(code, words) for code, words in ALL if language_of(words, code) != code] == []


def test_every_language_of_ours_can_be_told():
    assert set(languages(HERE)) <= set(SENTENCES)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "  ",
        "ok",
        "👍👍",
        "R-12",
        "3-2-501",
        "B12345",
        "+86 138 0000 0000",
        "/start",
        "https://t.me/x",
        "@ada",
    ],
)
def test_what_tells_nothing_is_in_the_language_that_the_person_speaks(words: str):
    assert told_by(words, "ru") == ""
    assert language_of(words, "ru") == "ru"
    assert foreign(words, "ru", "en") == "", "and nobody is told a language that it is not in"


@pytest.mark.parametrize(
    "words, otherwise, reader, told",
    [
        ("Кран течёт", "ru", "en", "ru"),
        ("Кран течёт", "ru", "ru", ""),
        ("Кран течёт", "zh_CN", "zh_CN", "ru"),
        ("水管漏了", "en", "zh_TW", ""),
        ("水管漏了", "en", "ar", "zh_CN"),
        ("Gotera", "es", "zh_CN", "es"),
        ("Gotera", "zh_CN", "en", ""),
        ("Вода! Water leaks from the ceiling", "ru", "ru", "en"),
        ("Кран Grohe течёт", "zh_CN", "zh_CN", "ru"),
        ("Мій кран зламався, потрібна ще й її допомога", "en", "en", "uk"),
    ],
)
def test_who_reads_another_language_is_told_which_one_it_is(words, otherwise, reader, told):
    assert foreign(words, otherwise, reader) == told
