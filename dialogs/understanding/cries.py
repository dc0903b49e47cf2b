"""Messages that are nothing but a cry: "fire!", "help", "救命"."""

import re
from collections.abc import Sequence

from dialogs.understanding.danger_words import WORD
from dialogs.understanding.normalise import fold, is_chinese
from locales.alarms import Alarm

#: a cry that does not say what is the matter
HELP = "help"
#: longer messages say more than a cry: characters, where words are separated and in Chinese
SHORT, SHORT_CHINESE = 60, 20


class Cries:
    """The cries of all languages, and the words that say nothing beside them."""

    def __init__(self, languages: Sequence[Alarm]) -> None:
        self._cries = {
            fold(word): danger for one in languages for danger, said in one.alone.items() for word in said
        }
        self._fillers = frozenset(fold(word) for one in languages for word in one.filler)
        self._chinese = sorted(filter(is_chinese, self._cries), key=len, reverse=True)
        #: what says nothing beside a cry, the longest first
        fillers = sorted(filter(is_chinese, self._fillers), key=len, reverse=True)
        self._unsaid = re.compile("|".join(fillers) or "(?!)")

    def cry(self, text: str) -> str | None:
        """The danger of a folded message that is nothing but a cry."""
        if len(text) > SHORT:
            return None
        if is_chinese(text):
            return self._in_chinese("".join(WORD.findall(text)))
        said = WORD.findall(text)
        cries = [self._cries[word] for word in said if word in self._cries]
        if not cries or any(word not in self._cries and word not in self._fillers for word in said):
            return None
        return min(cries, key=lambda danger: danger == HELP)

    def _in_chinese(self, said: str) -> str | None:
        """The cry in a few characters."""
        if len(said) > SHORT_CHINESE:
            return None
        cry = next((one for one in self._chinese if one in said), None)
        if cry is None:
            return None
        return self._cries[cry] if not self._unsaid.sub("", said.replace(cry, "")) else None
