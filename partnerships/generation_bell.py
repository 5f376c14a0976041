"""How one process tells the others on its machine that public content has just changed: a number in shared memory."""

import logging
import mmap
import struct

logger = logging.getLogger(__name__)

_NUMBER = struct.Struct("q")


class Bell:
    """The file's only content is the generation that somebody has rung for last. Where there can be no file, nobody
    hears it, and each finds out by itself."""

    def __init__(self, file):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with file.open("a+b") as opened:
                opened.truncate(_NUMBER.size)
                self._memory = mmap.mmap(opened.fileno(), _NUMBER.size)
        except OSError as error:
            logger.warning("Other processes learn of changes later: %s", error)
            self._memory = bytearray(_NUMBER.size)

    def ring(self, number):
        _NUMBER.pack_into(self._memory, 0, number)

    @property
    def last(self):
        """The generation rung for last; 0 where nobody ever has."""
        return _NUMBER.unpack_from(self._memory)[0]
