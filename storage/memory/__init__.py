"""The in-memory twin of the SQL storage, for tests and tries: nothing outlives the process.

What goes in goes through JSON, so nothing comes out that a database would not give back either, and what
happens in a transaction or a savepoint is undone like there.
"""

from storage.memory.work import MemoryDatabase, MemoryWork

__all__ = ["MemoryDatabase", "MemoryWork"]
