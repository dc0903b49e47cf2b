"""Files: uploads, albums, downloads, and what is sent again by id."""

import gc
import json
import socket
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from sandbox import pictures
from sandbox.client import SandboxError


def fetch(estate, path):
    with urllib.request.urlopen(f"{estate.sandbox.base}/file/bot{estate.bot.token}/{path}") as response:
        return response.read()


def test_an_album_is_as_many_updates_with_one_group_id_and_no_end_mark(opened):
    sent = opened.ada.album(3, "My kitchen")
    messages = [update["message"] for update in opened.bot.updates()]
    assert [message["message_id"] for message in messages] == sent
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["My kitchen", None, None]


def test_a_made_up_picture_can_be_downloaded_and_differs_from_the_next(opened):
    opened.ada.album(2)
    photos = [update["message"]["photo"] for update in opened.bot.updates()]
    files = [opened.bot("getFile", file_id=sizes[-1]["file_id"]) for sizes in photos]
    first, second = (fetch(opened, file["file_path"]) for file in files)
    assert first[:4] == b"\x89PNG"
    assert first != second
    assert files[0]["file_size"] == len(first)
    assert (photos[0][-1]["width"], photos[0][-1]["height"]) == pictures.size(first)


def test_a_file_over_20_mb_cannot_be_downloaded(opened, refused):
    opened.ada.send("video", size=21 * 2**20)
    opened.ada.send("document", size=1000)
    video, document = (update["message"] for update in opened.bot.updates())
    with pytest.raises(refused, match="Bad Request: file is too big"):
        opened.bot("getFile", file_id=video["video"]["file_id"])
    path = opened.bot("getFile", file_id=document["document"]["file_id"])["file_path"]
    assert len(fetch(opened, path)) == 1000
    with pytest.raises(refused, match="wrong file_id"):
        opened.bot("getFile", file_id="nothing")
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        fetch(opened, "photos/nothing")
    caught.value.close()


def test_a_bot_sends_an_album_of_uploads(opened, refused):
    media = [{"type": "photo", "media": f"attach://{name}", "caption": name} for name in "ab"]
    sent = opened.bot.upload(
        "sendMediaGroup", {"a": b"1", "b": b"2"}, chat_id=opened.ada.id, media=json.dumps(media)
    )
    assert [message["caption"] for message in sent] == ["a", "b"]
    assert len({message["media_group_id"] for message in sent}) == 1
    assert opened.ada.last().raw["media"][0]["url"].startswith("/sandbox/files/photo-")
    with pytest.raises(refused, match="too few messages to send as an album"):
        opened.bot("sendMediaGroup", chat_id=opened.ada.id, media=media[:1])


def test_a_file_is_sent_again_by_its_id(opened, refused):
    opened.ada.photo()
    file_id = opened.bot.updates()[0]["message"]["photo"][-1]["file_id"]
    again = opened.bot("sendPhoto", chat_id=opened.ada.id, photo=file_id)
    assert again["photo"][-1]["file_id"] == file_id
    with pytest.raises(refused, match="can't use file of type Photo as Document"):
        opened.bot("sendDocument", chat_id=opened.ada.id, document=file_id)
    with pytest.raises(refused, match="wrong file identifier/HTTP URL specified"):
        opened.bot("sendPhoto", chat_id=opened.ada.id, photo="nothing")


def test_a_photo_over_10_mb_is_refused(opened, refused):
    with pytest.raises(refused, match="is too big for a photo; the maximum size is 10485760 bytes"):
        opened.bot.upload("sendPhoto", {"photo": bytes(10 * 2**20 + 1)}, chat_id=opened.ada.id)


def test_a_message_is_copied_and_forwarded(opened, refused):
    said = opened.ada.photo("look")
    copied = opened.bot("copyMessage", chat_id=opened.ada.id, from_chat_id=opened.ada.id, message_id=said)
    assert set(copied) == {"message_id"}
    assert (opened.ada.last().text, opened.ada.last().kinds) == ("look", ["photo"])
    there = {"chat_id": opened.ada.id, "from_chat_id": opened.ada.id}
    forwarded = opened.bot("forwardMessage", **there, message_id=said)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Ada"
    with pytest.raises(refused, match="message to copy not found"):
        opened.bot("copyMessage", **there, message_id=99)
    with pytest.raises(refused, match="message to forward not found"):
        opened.bot("forwardMessage", **there, message_id=99)


def test_an_uploaded_picture_is_a_photo_and_anything_else_a_document(opened):
    files = {"a.png": ("image/png", pictures.png(3)), "b.txt": ("text/plain", b"words")}
    opened.ada.upload(files, "both")
    assert [set(update["message"]) & {"photo", "document"} for update in opened.bot.updates()] == [
        {"photo"},
        {"document"},
    ]


def test_contacts_and_places(opened):
    opened.ada.contact(phone="+8613800000000")
    opened.ada.contact(user_id=opened.bob.id)
    opened.ada.location(31.2, 121.5)
    own, others, place = (update["message"] for update in opened.bot.updates())
    assert (own["contact"]["user_id"], own["contact"]["phone_number"]) == (opened.ada.id, "+8613800000000")
    assert others["contact"]["user_id"] == opened.bob.id
    assert place["location"] == {"latitude": 31.2, "longitude": 121.5}
    opened.bot("sendContact", chat_id=opened.ada.id, phone_number="110", first_name="Police")
    opened.bot("sendLocation", chat_id=opened.ada.id, latitude=1.5, longitude=2)
    assert [message.kinds for message in opened.ada.chat()[-2:]] == [["contact"], ["location"]]


def test_too_many_pictures_are_no_album(opened):
    with pytest.raises(SandboxError, match="`count` is 1 to 10"):
        opened.ada.album(11)
    with pytest.raises(SandboxError, match="`kind` is photo, video"):
        opened.ada.send("hologram")


def test_another_picture_takes_the_place_of_the_first(opened):
    sent = opened.bot.upload("sendPhoto", {"photo": b"1"}, chat_id=opened.ada.id)
    media = json.dumps({"type": "photo", "media": "attach://new", "caption": "better"})
    where = {"chat_id": opened.ada.id, "message_id": sent["message_id"]}
    edited = opened.bot.upload("editMessageMedia", {"new": b"2"}, **where, media=media)
    assert edited["photo"] != sent["photo"]
    assert opened.bot("editMessageCaption", **where, caption="best")["caption"] == "best"


def test_an_upload_that_breaks_off_leaves_no_file_open(opened):
    begun = b'--edge\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\n\r\n' + b"x" * 2000
    address = urlsplit(opened.sandbox.base)
    head = (
        f"POST /bot{opened.bot.token}/sendPhoto HTTP/1.1\r\nHost: {address.netloc}\r\n"
        "Content-Type: multipart/form-data; boundary=edge\r\nContent-Length: 9000\r\n\r\n"
    )
    with socket.create_connection((address.hostname, address.port)) as line:
        line.sendall(head.encode() + begun)
        opened.bot("getMe")  # by now the upload is being read
    assert opened.bot("getMe")["is_bot"]
    gc.collect()  # a file that is still open warns now, and every warning fails the test
