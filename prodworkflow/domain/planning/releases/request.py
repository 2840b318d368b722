"""Release request: a move to a release or patch as typed, and its checks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from prodworkflow.domain.errors import InvalidRequest
from prodworkflow.domain.model.state import State
from prodworkflow.domain.planning.request import release_problems, tidy
from prodworkflow.domain.text import joined, Message, reason_problems, suggest

WHY = Message('Say why the release changes.')


@dataclass(frozen=True)
class ReleaseRequest:
    """A move to a release, as typed; no `touches` stands for all inputs.

    `renamed` says that it is the present release under another name.
    `confirmed` is the digest of the effect that was shown, '' for any.
    """

    release: str
    touches: tuple[str, ...] = ()
    reason: str = ''
    renamed: bool = False
    confirmed: str = ''

    @property
    def name(self) -> str:
        """The name of the release, as Trac would keep it."""
        return tidy(self.release)


def check_request(state: State, wish: ReleaseRequest,
                  to_act: bool = True) -> None:
    """InvalidRequest with all that is wrong with a move.

    Only where it is `to_act`, not to be shown, it needs a reason.
    """
    problems = release_problems(wish.name)
    campaign = state.campaign
    if not wish.name:
        problems.append(('release', Message(
            'Name the release or patch to move to.')))
    elif wish.name == campaign.release:
        problems.append(('release', Message(
            '%(campaign)s is on %(release)s already; name the new release or '
            'patch.', campaign=campaign.name, release=wish.name)))
    if to_act:
        problems += reason_problems(wish.reason, ask=WHY)
    problems += (_rename_problems(state, wish) if wish.renamed
                 else _touch_problems(state, wish))
    if problems:
        raise InvalidRequest(problems)


def _touch_problems(state: State,
                    wish: ReleaseRequest) -> list[tuple[str, str]]:
    known = state.inputs
    return [('touches', Message(
        'No requirement of %(campaign)s rests on "%(name)s".%(suggestion)s '
        'Known inputs are %(known)s.', campaign=state.campaign.name,
        name=name[:64], suggestion=suggest(name, known),
        known=joined(known) or Message('none: leave --touches out')))
            for name in wish.touches if name not in known]


def _rename_problems(state: State,
                     wish: ReleaseRequest) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if wish.touches:
        problems.append(('touches', Message(
            'A release that is only renamed touches nothing; leave the '
            'inputs out.')))
    if not state.campaign.release:
        problems.append(('release', Message(
            '%(campaign)s has no release that could be renamed; set one by '
            '"campaign release" without --renamed.',
            campaign=state.campaign.name)))
    return problems


def no_version(release: str) -> Message:
    """That a campaign's release is no version of Trac's, with the remedy."""
    return Message('release %(release)s is no version that Trac knows; if it '
                   'was renamed there, follow it by "campaign release NAME '
                   'RELEASE --renamed", else add it to the versions again',
                   release=release)


def renaming_problems(state: State, wish: ReleaseRequest,
                      versions: Collection[str]) -> list[tuple[str, str]]:
    """That the release was not renamed in Trac; `versions` are those there.

    What was signed would count for any other release otherwise.
    """
    was = state.campaign.release
    if not wish.renamed or (was not in versions and wish.name in versions):
        return []
    return [('release', Message(
        'Trac has not renamed the version %(was)s to %(release)s; rename it '
        'there first, or move to %(release)s without --renamed.', was=was,
        release=wish.name))]
