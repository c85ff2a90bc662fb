"""The link check, against websites on this computer with good and bad certificates."""

import datetime
import ssl
from pathlib import Path

import pytest
import trustme

from pack.problems import Severity
from tests.preflight.sites import Site, ask, open_site, problem

pytestmark = pytest.mark.usefixtures("no_proxy")


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """A certificate authority that this computer trusts."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    return authority


def served(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def days_from_now(days: int) -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC) + datetime.timedelta(days)


def test_a_site_with_a_good_certificate_is_no_problem(
    tmp_path: Path, authority: trustme.CA
) -> None:
    with open_site(served(authority.issue_cert("localhost"))) as site:
        assert ask(tmp_path, site.at("/good", "localhost")).problems == ()


def test_a_certificate_that_has_expired_is_an_error(tmp_path: Path, authority: trustme.CA) -> None:
    certificate = authority.issue_cert(
        "localhost", not_before=days_from_now(-400), not_after=days_from_now(-30)
    )
    with open_site(served(certificate)) as site:
        report = ask(tmp_path, site.at("/", "localhost"))
    assert "its certificate has expired" in problem(report).what
    assert problem(report).severity == Severity.ERROR
    assert site.requests == []


def test_a_certificate_that_is_not_valid_yet_is_an_error(
    tmp_path: Path, authority: trustme.CA
) -> None:
    certificate = authority.issue_cert(
        "localhost", not_before=days_from_now(30), not_after=days_from_now(400)
    )
    with open_site(served(certificate)) as site:
        report = ask(tmp_path, site.at("/", "localhost"))
    assert "its certificate is not valid yet" in problem(report).what


def test_a_certificate_of_another_site_is_an_error(tmp_path: Path, authority: trustme.CA) -> None:
    with open_site(served(authority.issue_cert("elsewhere.example"))) as site:
        by_name = ask(tmp_path, site.at("/", "localhost"))
        by_number = ask(tmp_path, site.at("/"))
    assert "its certificate belongs to another site" in problem(by_name).what
    assert "its certificate belongs to another site" in problem(by_number).what


def test_a_self_signed_certificate_is_an_error(tmp_path: Path) -> None:
    itself = trustme.CA()
    (tmp_path / "site.pem").write_bytes(itself.private_key_pem.bytes() + itself.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "site.pem")
    with open_site(context) as site:
        report = ask(tmp_path, site.at("/", "localhost"))
    assert "its certificate is self-signed" in problem(report).what
    assert problem(report).severity == Severity.ERROR


def test_a_certificate_of_an_unknown_authority_is_an_error(tmp_path: Path) -> None:
    with open_site(served(trustme.CA().issue_cert("localhost"))) as site:
        report = ask(tmp_path, site.at("/", "localhost"))
    assert "browsers don't trust the issuer of its certificate" in problem(report).what


def test_a_site_without_a_secure_connection_is_an_error(site: Site, tmp_path: Path) -> None:
    report = ask(tmp_path, site.at("/").replace("http:", "https:"))
    assert "it has no secure connection" in problem(report).what
