"""The link check, against websites on this computer that do what websites do."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pack import __version__
from pack.model import Pack
from pack.problems import Severity
from preflight.links import check_links
from tests.conftest import ROOT, Run
from tests.pack.bad_packs import accepted, changed, write
from tests.preflight.sites import Site, ask, changes, open_site, problem

pytestmark = pytest.mark.usefixtures("no_proxy")


def test_an_address_that_answers_is_no_problem(site: Site, tmp_path: Path) -> None:
    report = ask(tmp_path, site.at("/good"))
    assert report.problems == ()
    assert report.summary == "1 address checked: 1 OK; 1 placeholder skipped."
    assert site.methods("/good") == ["HEAD"]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/status/404", "was not found (404)"),
        ("/status/410", "was not found (410)"),
        ("/status/418", "answered with status code 418"),
        ("/status/304", "answered with status code 304"),
        ("/status/500", "an error on the site (500)"),
        ("/hangs-up", "no readable answer"),
        ("/babbles", "no readable answer"),
        ("/to-nonsense", "no readable answer"),
        ("/loop", "shows no page after 10 redirects"),
        ("/to-an-app", "“itms-apps://apps.invalid/app”, which is not a web page"),
        ("/moved/302/status/404", "which was not found (404)"),
    ],
)
def test_a_page_that_families_would_not_get_is_an_error(
    site: Site, tmp_path: Path, path: str, what: str
) -> None:
    report = ask(tmp_path, site.at(path))
    assert what in problem(report).what
    assert f"“{site.at(path)}”" in problem(report).what
    assert problem(report).severity == Severity.ERROR
    assert "1 failed" in report.summary


def test_a_site_that_stays_silent_is_an_error(site: Site, tmp_path: Path) -> None:
    report = ask(tmp_path, site.at("/silent"), timeout=0.2)
    assert "did not answer in time" in problem(report).what
    assert problem(report).severity == Severity.ERROR
    assert len(site.methods("/silent")) == 2


def test_a_computer_that_refuses_connections_is_an_error(tmp_path: Path) -> None:
    with open_site() as site:
        address = site.at("/")
    assert "refuses connections" in problem(ask(tmp_path, address)).what


@pytest.mark.parametrize(
    "name",
    [
        "nobody.onion",  # RFC 7686: no name server knows one
        f"{'long' * 20}.org",  # RFC 1035, 2.3.4: 63 letters between two dots
    ],
)
def test_a_name_that_nobody_knows_is_an_error(tmp_path: Path, name: str) -> None:
    report = ask(tmp_path, f"http://{name}/")
    assert "there is no site with that name" in problem(report).what
    assert "connected to the internet" in problem(report).remedy
    assert problem(report).severity == Severity.ERROR


def test_an_error_names_the_redirects_that_led_there(site: Site, tmp_path: Path) -> None:
    start, middle, end = map(
        site.at, ("/moved/302/moved/301/status/404", "/moved/301/status/404", "/status/404")
    )
    said = problem(ask(tmp_path, start)).what
    assert said == (
        f"“{start}” redirects to “{middle}”, then to “{end}”, which was not found (404)"
    )


@pytest.mark.parametrize("status", [301, 308])
def test_an_address_that_moved_permanently_is_a_warning_with_the_new_one(
    site: Site, tmp_path: Path, status: int
) -> None:
    report = ask(tmp_path, site.at(f"/moved/{status}/new"))
    assert problem(report).severity == Severity.WARNING
    assert f"has moved permanently to “{site.at('/new')}”" in problem(report).what
    assert f"write “{site.at('/new')}” here" in problem(report).remedy
    assert "1 moved" in report.summary


@pytest.mark.parametrize(
    ("path", "new"),
    [
        ("/moved/301/moved/308/good", "/good"),
        ("/moved/301/moved/302/good", "/moved/302/good"),
    ],
)
def test_the_new_address_is_where_the_permanent_redirects_end(
    site: Site, tmp_path: Path, path: str, new: str
) -> None:
    assert f"to “{site.at(new)}”" in problem(ask(tmp_path, site.at(path))).what


@pytest.mark.parametrize(
    "path",
    [
        "/moved/302/moved/303/moved/307/good",
        "/moved/302/moved/301/good",
        "/moved/302" * 10 + "/good",
        "/cookie",
    ],
)
def test_temporary_redirects_are_fine(site: Site, tmp_path: Path, path: str) -> None:
    assert ask(tmp_path, site.at(path)).problems == ()


def test_an_eleventh_redirect_is_not_followed(site: Site, tmp_path: Path) -> None:
    report = ask(tmp_path, site.at("/moved/302" * 11 + "/good"))
    assert "10 redirects" in problem(report).what
    assert site.methods("/good") == []


@pytest.mark.parametrize("status", [401, 403, 429])
def test_a_site_that_blocks_programs_is_a_warning(site: Site, tmp_path: Path, status: int) -> None:
    report = ask(tmp_path, site.at(f"/status/{status}"))
    assert problem(report).severity == Severity.WARNING
    assert f"the site blocks programs ({status})" in problem(report).what
    assert "browser" in problem(report).remedy
    assert "1 blocked" in report.summary


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_site_that_refuses_head_is_asked_as_browsers_ask(
    site: Site, tmp_path: Path, status: int
) -> None:
    assert ask(tmp_path, site.at(f"/only-get/{status}")).problems == ()
    assert site.methods(f"/only-get/{status}") == ["HEAD", "GET"]


@pytest.mark.parametrize("path", ["/once/500", "/once/503", "/once/429", "/only-get-and-busy-once"])
def test_a_temporary_error_is_no_problem(site: Site, tmp_path: Path, path: str) -> None:
    assert ask(tmp_path, site.at(path)).problems == ()


def test_a_site_that_is_silent_once_is_no_problem(site: Site, tmp_path: Path) -> None:
    assert ask(tmp_path, site.at("/once-silent"), timeout=1).problems == ()


def test_a_site_may_ask_for_a_pause_of_a_second(site: Site, tmp_path: Path) -> None:
    assert ask(tmp_path, site.at("/in-a-second")).problems == ()


def test_a_site_that_asks_for_a_pause_of_an_hour_is_requested_once(
    site: Site, tmp_path: Path
) -> None:
    assert "429" in problem(ask(tmp_path, site.at("/in-an-hour"))).what
    assert len(site.methods("/in-an-hour")) == 1


def test_a_page_is_not_downloaded(site: Site, tmp_path: Path) -> None:
    assert ask(tmp_path, site.at("/long")).problems == ()
    assert site.methods("/long") == ["HEAD", "GET"]
    assert not site.long_page_read


def test_an_address_is_requested_once_and_reported_on_each_of_its_lines(
    site: Site, tmp_path: Path
) -> None:
    gone = site.at("/status/404")
    report = ask(tmp_path, gone, gone)
    lines = changed(*changes(gone, gone)).splitlines()
    assert [one.place.line for one in report.problems] == [
        number for number, line in enumerate(lines, start=1) if gone in line
    ]
    assert [one.where for one in report.problems] == [
        "contacts → bureau → url",
        "topics → beginning → body",
    ]
    assert site.methods("/status/404") == ["HEAD", "GET"]
    assert report.summary.startswith("1 address checked: 1 failed;")


def test_an_address_in_two_packs_is_requested_once(site: Site, tmp_path: Path) -> None:
    packs: list[Pack] = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        packs.append(accepted(tmp_path / name, *changes(site.at("/moved/301/new"))))
    report = check_links(packs, pause=0)
    assert [one.place.file for one in report.problems] == [pack.origin.file for pack in packs]
    assert site.methods("/moved/301/new") == ["HEAD"]


def test_the_summary_counts_every_outcome(site: Site, tmp_path: Path) -> None:
    paths = ("/good", "/moved/301/good", "/status/403", "/status/404", "/status/500")
    report = ask(tmp_path, *map(site.at, paths))
    assert report.summary == (
        "5 addresses checked: 1 OK, 1 moved, 1 blocked, 2 failed; 1 placeholder skipped."
    )


def test_a_host_gets_one_request_at_a_time(site: Site, tmp_path: Path) -> None:
    ask(tmp_path, *(site.at(f"/crowd/{number}") for number in range(8)))
    assert len(site.requests) == 8
    assert site.largest_crowd == 1


def test_two_hosts_get_requests_at_the_same_time(site: Site, tmp_path: Path) -> None:
    """Each of the two pages answers only while the other is requested, too."""
    pages = (site.at("/meet/one"), site.at("/meet/two", host="localhost"))
    assert ask(tmp_path, *pages).problems == ()


def test_requests_name_the_program(site: Site, tmp_path: Path) -> None:
    ask(tmp_path, site.at("/good"))
    website = site.at("/publisher")
    ours = [change for change in changes(site.at("/good")) if "website" not in change[0]]
    pack = accepted(tmp_path, *ours, ("website: https://www.fbi.gov/", f"website: {website}"))
    check_links([pack], pause=0)
    assert {agent for _, _, agent in site.requests} == {
        f"handout-press/{__version__} (link check)",
        f"handout-press/{__version__} (link check; +{website})",
    }


def test_a_proxy_that_makes_no_sense_is_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("http_proxy", "gopher://proxy.example")
    assert "could not be requested" in problem(ask(tmp_path, "http://127.0.0.1/")).what


# The command line


def test_check_with_links_prints_problems_and_a_summary(
    site: Site, run: Run, tmp_path: Path
) -> None:
    file = write(tmp_path, changed(*changes(site.at("/good"), site.at("/status/404"))))
    result = run("check", file, "--links")
    assert result.returncode == 1
    assert f"error: {file}:" in result.stderr
    assert f"topics → beginning → body: “{site.at('/status/404')}” was not found" in result.stderr
    assert result.stdout.endswith("2 addresses checked: 1 OK, 1 failed; 1 placeholder skipped.\n")


def test_check_with_links_ends_well_if_there_are_only_warnings(
    site: Site, run: Run, tmp_path: Path
) -> None:
    file = write(tmp_path, changed(*changes(site.at("/moved/301/good"))))
    result = run("check", file, "--links")
    assert result.returncode == 0
    assert "has moved permanently" in result.stderr
    assert "1 moved" in result.stdout


def test_check_without_links_requests_nothing(site: Site, run: Run, tmp_path: Path) -> None:
    file = write(tmp_path, changed(*changes(site.at("/status/404"))))
    result = run("check", file)
    assert result.returncode == 0
    assert result.stdout == f"{file}: no errors, 2 warnings\n"
    assert site.requests == []


def test_ctrl_c_ends_the_check_without_a_traceback(site: Site, tmp_path: Path) -> None:
    file = write(tmp_path, changed(*changes(site.at("/silent"))))
    command = [sys.executable, str(ROOT / "make_materials.py"), "check", str(file), "--links"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as check:
        assert site.waiting.wait(timeout=60)
        check.send_signal(signal.SIGINT)
        try:
            printed, error = check.communicate(timeout=60)
        finally:
            check.kill()
    assert check.returncode == 130
    assert "Stopped." in error
    assert "Traceback" not in error
    assert "checked" not in printed
