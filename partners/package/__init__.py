"""A region package: a directory of YAML files that a domain expert reads and edits, without programming.

`open_package` reads the files, `read_directory` what they say about organisations and services. Mistakes do not stop
the reading: all of them are gathered, each with its file, line and key, so that one look is enough to correct them.
"""

from . import values
from .directory import DirectoryPackage, read_directory
from .documents import digest
from .reader import Entry, Form, Mistake, PackageReader, entry_of, messages_by_field, open_package
from .services import CATEGORIES, read_service
from .writing import service_as_written

__all__ = [
    "CATEGORIES",
    "DirectoryPackage",
    "Entry",
    "Form",
    "Mistake",
    "PackageReader",
    "digest",
    "entry_of",
    "messages_by_field",
    "open_package",
    "read_directory",
    "read_service",
    "service_as_written",
    "values",
]
