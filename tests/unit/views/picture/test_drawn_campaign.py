"""A whole campaign drawn exactly, wide and narrow: each shape in its place.

A day is 4 px wide in the wide picture, from 222 on, and 2 px in the narrow
one, from 12 on.
"""

from __future__ import annotations

from dataclasses import replace

from prodworkflow.domain.forecast.result import Forecast, Outlook
from prodworkflow.domain.rules.gates import decide
from prodworkflow.domain.views.picture.chart import chart
from prodworkflow.domain.views.picture.drawing import drawing
from prodworkflow.domain.views.picture.layout import NARROW, Speech, WIDE
from prodworkflow.domain.views.readiness import readiness
from support.days import created, day, on
from support.factories import KEYS, moment, snapshot

TODAY = day(80)
SPEECH = Speech(lambda d: f'{d.day}.{d.month}.')
HISTORY = (created(), on(8, 'approved', 'feature-freeze', contact='anna'),
           on(16, 'held'), on(24, 'resumed'),
           on(40, 'released', release='V2', touches=['emc'], stale=[]),
           on(50, 'released', release='V3', stale=[]), on(76, 'held'))


def shown(last):
    """One stage closed in time, one late, and one that is due at last."""
    found = snapshot(['feature-freeze'], milestones={
        **dict.fromkeys(KEYS, 0), KEYS[0]: moment(day(26))})
    found = replace(found, state=replace(
        found.state, stages=tuple(replace(s, due=day(n)) for s, n in zip(
            found.state.stages, (30, 76, last))),
        campaign=replace(found.state.campaign, start=day(130))))
    return chart(replace(
        readiness(decide(found, moment(TODAY))), forecast=Forecast(
            Outlook.EXPECTED, TODAY, None, day(140), day(150))), HISTORY)


def lines(made):
    """The shapes as lines: what, its classes, its numbers, its text."""
    return [' '.join(filter(None, (s.element, s.style,
                                   *s.attributes.values(), s.text)))
            for s in made.shapes]


def test_wide_picture_of_a_running_campaign():
    made = drawing(shown(191), WIDE, SPEECH)
    assert (made.name, made.box, made.title) == (
        'wide', '0 0 1010 293', 'Timeline of 2011 Prod')
    assert made.description.startswith(
        'Today is 20.7.. Stage 1. Software preparation: due 31.5., closed')
    assert lines(made) == [
        'path pw-tl-grid M206,18V269M318,18V269M430,18V269M542,18V269'
        'M654,18V269M766,18V269M878,18V269M990,18V269',
        'rect pw-tl-hold 286 18 32 251',
        'rect pw-tl-hold 526 18 16 251',
        'rect pw-tl-bar 222 32 120 14',
        'rect pw-tl-done 222 32 104 14',
        'line pw-tl-due 342 29 342 49',
        'rect pw-tl-bar 342 64 184 14',
        'line pw-tl-due 526 61 526 81',
        'rect pw-tl-late 526 64 16 14',
        'path pw-tl-hatch M526,66.5L528.5,64M526,71.5L533.5,64'
        'M526,76.5L538.5,64M529.5,78L542,65.5M534.5,78L542,70.5'
        'M539.5,78L542,75.5',
        'rect pw-tl-bar 526 96 460 14',
        'line pw-tl-due 986 93 986 113',
        'path pw-tl-start M742,129L748,135L742,141L736,135Z',
        'line pw-tl-forecast 782 135 822 135',
        'line pw-tl-forecast 822 129 822 141',
        'circle pw-tl-median 782 135 5',
        'rect pw-tl-pause 282 161 3 12',
        'rect pw-tl-pause 287 161 3 12',
        'path pw-tl-patch M382,161L388,167L382,173L376,167Z',
        'path pw-tl-patch M422,161L428,167L422,173L416,167Z',
        'rect pw-tl-pause 522 161 3 12',
        'rect pw-tl-pause 527 161 3 12',
        'line pw-tl-grid 206 269 1002 269',
        'line pw-tl-grid 206 213 1002 213',
        'path pw-tl-area M222,269H254V261H542V269Z',
        'path pw-tl-needed M222,213H542',
        'path pw-tl-signed M222,269H254V261H542',
        'path pw-tl-ahead M542,261L782,213',
        'path pw-tl-later M542,261L822,213',
        'line pw-tl-signed 2 232 20 232',
        'line pw-tl-needed 2 250 20 250',
        'line pw-tl-patch-line 382 18 382 269',
        'line pw-tl-patch-line 422 18 422 269',
        'line pw-tl-start-line 742 18 742 269',
        'line pw-tl-today 542 18 542 269',
        'rect pw-tl-now 493.8 272 96.4 18',
        'text pw-tl-dim 209 14 27.4.',
        'text pw-tl-dim 321 14 25.5.',
        'text pw-tl-dim 433 14 22.6.',
        'text pw-tl-dim 545 14 20.7.',
        'text pw-tl-dim 657 14 17.8.',
        'text pw-tl-dim 769 14 14.9.',
        'text pw-tl-dim 881 14 12.10.',
        'text pw-tl-strong 2 44 1. Software preparation',
        'text 348 44 due 31.5., closed 27.5.; 1 of 3 signed',
        'text pw-tl-strong 2 76 2. Release validation',
        'text pw-tl-stop 548 76 due 16.7., 4 days late; 0 of 2 signed',
        'text pw-tl-strong 2 108 3. pre-production',
        'text pw-tl-end 520 108 due 8.11., in 111 days; 0 of 2 signed',
        'text pw-tl-strong 2 140 Start of production',
        'text pw-tl-end 730 140 planned 8.9.; forecast 18.9. (median), '
        '28.9. (90 %)',
        'text pw-tl-strong 2 172 What happened',
        'text 296 171.5 hold',
        'text 392 187.5 patch V2',
        'text 432 171.5 release V3',
        'text 536 171.5 hold',
        'text pw-tl-dim pw-tl-end 200 217 7',
        'text pw-tl-dim pw-tl-end 200 273 0',
        'text pw-tl-strong 2 217 Signed against needed',
        'text 24 236 signed: 1',
        'text 24 254 needed: 7',
        'text pw-tl-on-fill pw-tl-mid 542 285.5 today 20.7.']


def test_narrow_picture_of_a_running_campaign():
    made = drawing(shown(171), NARROW, SPEECH)
    assert (made.name, made.box, made.title) == (
        'narrow', '0 0 366 460', 'Timeline of 2011 Prod')
    assert made.description.startswith(
        'Today is 20.7.. Stage 1. Software preparation: due 31.5., closed')
    assert lines(made) == [
        'path pw-tl-grid M4,18V436M186,18V436',
        'rect pw-tl-hold 44 18 16 418',
        'rect pw-tl-hold 164 18 8 418',
        'rect pw-tl-bar 12 59 60 14',
        'rect pw-tl-done 12 59 52 14',
        'line pw-tl-due 72 56 72 76',
        'rect pw-tl-bar 72 113 92 14',
        'line pw-tl-due 164 110 164 130',
        'rect pw-tl-late 164 113 8 14',
        'path pw-tl-hatch M164,115.5L166.5,113M164,120.5L171.5,113'
        'M164,125.5L172,117.5M167.5,127L172,122.5',
        'rect pw-tl-bar 164 167 190 14',
        'line pw-tl-due 354 164 354 184',
        'path pw-tl-start M272,222L278,228L272,234L266,228Z',
        'line pw-tl-forecast 292 228 312 228',
        'line pw-tl-forecast 312 222 312 234',
        'circle pw-tl-median 292 228 5',
        'rect pw-tl-pause 40 258 3 12',
        'rect pw-tl-pause 45 258 3 12',
        'path pw-tl-patch M92,258L98,264L92,270L86,264Z',
        'path pw-tl-patch M112,258L118,264L112,270L106,264Z',
        'rect pw-tl-pause 160 258 3 12',
        'rect pw-tl-pause 165 258 3 12',
        'line pw-tl-grid 4 436 362 436',
        'line pw-tl-grid 4 364 362 364',
        'path pw-tl-area M12,436H28V425.7H172V436Z',
        'path pw-tl-needed M12,364H172',
        'path pw-tl-signed M12,436H28V425.7H172',
        'path pw-tl-ahead M172,425.7L292,364',
        'path pw-tl-later M172,425.7L312,364',
        'line pw-tl-signed 2 345 20 345',
        'line pw-tl-needed 99.6 345 117.6 345',
        'line pw-tl-patch-line 92 18 92 436',
        'line pw-tl-patch-line 112 18 112 436',
        'line pw-tl-start-line 272 18 272 436',
        'line pw-tl-today 172 18 172 436',
        'rect pw-tl-now 127.1 439 89.8 18',
        'text pw-tl-dim 7 14 27.4.',
        'text pw-tl-dim 189 14 27.7.',
        'text pw-tl-strong 2 37 1. Software preparation',
        'text 2 53 due 31.5., closed 27.5.; 1 of 3 signed',
        'text pw-tl-strong 2 91 2. Release validation',
        'text pw-tl-stop 2 107 due 16.7., 4 days late; 0 of 2 signed',
        'text pw-tl-strong 2 145 3. pre-production',
        'text 2 161 due 19.10., in 91 days; 0 of 2 signed',
        'text pw-tl-strong 2 199 Start of production',
        'text 2 215 planned 8.9.; forecast 18.9. (median), 28.9. (90 %)',
        'text pw-tl-strong 2 253 What happened',
        'text 54 268.5 hold',
        'text 102 284.5 patch V2',
        'text 122 300.5 release V3',
        'text 174 268.5 hold',
        'text pw-tl-dim pw-tl-end 362 362 7',
        'text pw-tl-dim pw-tl-end 362 434 0',
        'text pw-tl-strong 2 330 Signed against needed',
        'text 24 349 signed: 1',
        'text 121.6 349 needed: 7',
        'text pw-tl-on-fill pw-tl-mid 172 452.5 today 20.7.']
