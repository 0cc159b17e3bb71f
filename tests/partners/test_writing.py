"""A service written as a package has it reads back as the same service."""

import pytest

from partners.package import entry_of, read_service, service_as_written


def test_every_shipped_service_reads_back_as_itself(kennemerland_package):
    directory = kennemerland_package.directory
    for service in directory.services:
        mistakes = []
        read = read_service(entry_of(service_as_written(service), mistakes), directory.code_of)
        assert mistakes == []
        assert read == {name: value for name, value in service.items() if name in read}


@pytest.mark.parametrize(
    ("weekly", "written", "why"),
    [
        ([[day, 0, 1440] for day in range(7)], "altijd", "every minute of the week"),
        ([[day, 510, 1020] for day in range(5)], ["ma-vr 08:30-17:00"], "days in a row with the same hours"),
        ([[0, 510, 720], [2, 510, 720]], ["ma 08:30-12:00", "wo 08:30-12:00"], "a day in between"),
        ([[0, 510, 720], [0, 780, 1020]], ["ma 08:30-12:00", "ma 13:00-17:00"], "closed at noon"),
        ([[5, 0, 1440], [6, 0, 1440]], ["za-zo 00:00-24:00"], "until midnight"),
        ([], [], "never open"),
    ],
)
def test_weekly_hours_are_written_as_people_do(kennemerland_package, weekly, written, why):
    kenter = kennemerland_package.directory.service("kenter")
    service = {**kenter, "hours": {**kenter["hours"], "weekly": weekly}}
    assert service_as_written(service)["hours"] == written, why
