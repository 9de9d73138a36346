"""MockCustify: the fake as a test uses it."""

from __future__ import annotations

from dataclasses import replace
from secrets import token_hex
from typing import TYPE_CHECKING, Final, Literal

from msgspec import structs

from custify_transformer import PROFILES
from custify_transformer.named_options import named_options
from mock_custify.state.seed_file import read_seed_file
from mock_custify.testing.connections import GIVEN_HERE, FakeConnection, InProcessFake, ServedFake
from mock_custify.testing.decorator import wrap_function
from mock_custify.testing.remote_fake import RemoteFake, check_urls
from mock_custify.testing.workspace_handle import WorkspaceHandle
from mock_custify.workspace import Store
from mock_custify.workspace.initial_state import InitialState

if TYPE_CHECKING:
    from os import PathLike
    from types import TracebackType
    from typing import Self

    from mock_custify.testing.decorator import Function

__tracebackhide__ = True

Profile = Literal["documented", "production"]
API: Final = "https://api.custify.com"


class MockCustify(WorkspaceHandle):
    """The fake for a test: a context manager (also with `async with`) and a decorator.

    Each `with` block has a new fake. It answers the calls of `requests`, `httpx` and `aiohttp` to
    https://api.custify.com and to each `base_url`, in process. Calls to this machine pass through. Calls to
    other hosts are refused unless `allow_other_hosts` is true. `api_key` is the only key that is accepted.
    Without it, every key is accepted, and the test sees the workspace of the first key that was used. `seed`
    is the path of a seed file; SeedFileError if it cannot be used. `profile` says how the messages of SDKs
    become requests.
    """

    @named_options
    def __init__(  # noqa: PLR0913 - one for each option
        self,
        *,
        base_url: str | tuple[str, ...] | list[str] = (),
        api_key: str | None = None,
        allow_other_hosts: bool = False,
        seed: str | PathLike[str] | None = None,
        profile: Profile | None = None,
        connection: FakeConnection | None = None,
    ) -> None:
        key = api_key or f"test-{token_hex(8)}"
        base_urls = (base_url,) if isinstance(base_url, str) else tuple(base_url)
        check_urls(base_urls)
        in_process = InProcessFake(
            (*base_urls, API),
            key,
            read_initial_state(seed, profile),
            only_key=api_key is not None,
            allow_other_hosts=allow_other_hosts,
        )
        super().__init__(connection or in_process, key)

    @classmethod
    @named_options
    def serve(
        cls,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        api_key: str | None = None,
        seed: str | PathLike[str] | None = None,
        profile: Profile | None = None,
    ) -> Self:
        """Return a fake on a socket, in a thread, until the end of the `with` block or `stop`.

        `port` 0 picks a free port. Raises OSError if the address is in use, SeedFileError for a wrong `seed`.
        """
        start = read_initial_state(seed, profile)
        store = Store((api_key,) if api_key else (), initial_state=start, accepts=GIVEN_HERE)
        return cls(api_key=api_key, connection=ServedFake(store, host, port))

    @classmethod
    @named_options
    def connect(cls, url: str, api_key: str | None = None) -> Self:
        """Return a fake for a running server; without `api_key`, it gets its own workspace.

        Raises ValueError if `url` is not a URL.
        """
        return cls(api_key=api_key, connection=RemoteFake(url))

    def with_key(self, api_key: str) -> Self:
        """Return the same fake as another API key sees it."""
        return type(self)(api_key=api_key, connection=self.connection)

    def __repr__(self) -> str:
        """Return where the fake is and whether it answers; the key stays hidden."""
        return f"<MockCustify {self.connection!r}>"

    @property
    def url(self) -> str:
        """Return the base URL of the fake."""
        return self.connection.url

    def start(self) -> Self:
        """Start as a `with` block does, until `stop`; raise RuntimeError if it has already started."""
        self.connection.start()
        return self

    def stop(self) -> None:
        """Stop the interception, or close the socket; the state of the fake can still be read."""
        self.connection.stop()

    def __enter__(self) -> Self:
        """Start."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    async def __aenter__(self) -> Self:
        """Start."""
        return self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def __call__(self, function: Function) -> Function:
        """Return `function`, also an async one or a generator, that runs inside a new fake at each call."""
        connection = self.connection
        return wrap_function(
            connection.run if isinstance(connection, InProcessFake) else lambda: self, function
        )


def read_initial_state(seed: str | PathLike[str] | None, profile: Profile | None = None) -> InitialState:
    """Return what workspaces start from: the content of a seed file, or nothing. Raises SeedFileError."""
    start = InitialState() if seed is None else read_seed_file(seed)
    if profile is None:
        return start
    if profile not in PROFILES:
        raise ValueError(f"profile must be one of {', '.join(PROFILES)}, not {profile!r}")
    return replace(start, destination=structs.replace(start.destination, profile=profile))
