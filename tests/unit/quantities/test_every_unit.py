"""All units, one by one: what they are and how else they are written.

The vocabulary makes most of them of prefixes; here each is spelled out.
"""

from __future__ import annotations

import runpy
from fractions import Fraction

from prodworkflow.domain.quantities import vocabulary

# Symbol, how many, of what ('1' for a pure number), other words.
EVERY = """
B 1 B byte bytes
kB 1e3 B kilobyte kilobytes
MB 1e6 B megabyte megabytes
GB 1e9 B gigabyte gigabytes
TB 1e12 B terabyte terabytes
PB 1e15 B petabyte petabytes
EB 1e18 B exabyte exabytes
KiB 1024 B kibibyte kibibytes
MiB 1048576 B mebibyte mebibytes
GiB 1073741824 B gibibyte gibibytes
TiB 1099511627776 B tebibyte tebibytes
PiB 1125899906842624 B pebibyte pebibytes
EiB 1152921504606846976 B exbibyte exbibytes
bit 1/8 B bits
kbit 125 B kilobit kilobits
Mbit 125e3 B megabit megabits
Gbit 125e6 B gigabit gigabits
Tbit 125e9 B terabit terabits
Pbit 125e12 B petabit petabits
Ebit 125e15 B exabit exabits
Kibit 128 B kibibit kibibits
Mibit 131072 B mebibit mebibits
Gibit 134217728 B gibibit gibibits
Tibit 137438953472 B tebibit tebibits
Pibit 140737488355328 B pebibit pebibits
Eibit 144115188075855872 B exbibit exbibits
ns 1e-9 s nanosecond nanoseconds
us 1e-6 s µs μs microsecond microseconds
ms 1e-3 s millisecond milliseconds
s 1 s sec second seconds
min 60 s minute minutes
h 3600 s hr hour hours
d 86400 s day days
week 604800 s weeks
year 31557600 s yr years
HS06 1 HS06 HEPSPEC06
kHS06 1e3 HS06
MHS06 1e6 HS06
GHS06 1e9 HS06
HS23 1 HS23 HEPScore23
kHS23 1e3 HS23
MHS23 1e6 HS23
GHS23 1e9 HS23
event 1 event events evt evts
kevent 1e3 event kevents
Mevent 1e6 event Mevents
Gevent 1e9 event Gevents
job 1 job jobs crash crashes failure failures
kjob 1e3 job kjobs
Mjob 1e6 job Mjobs
Gjob 1e9 job Gjobs
file 1 file files
kfile 1e3 file kfiles
Mfile 1e6 file Mfiles
Gfile 1e9 file Gfiles
test 1 test tests
ktest 1e3 test ktests
Mtest 1e6 test Mtests
Gtest 1e9 test Gtests
error 1 error errors
kerror 1e3 error kerrors
Merror 1e6 error Merrors
Gerror 1e9 error Gerrors
% 1e-2 1 percent
"""


def test_the_vocabulary_is_made_of_these_units():
    """Built anew, so that what was built before is not looked at."""
    built = runpy.run_path(vocabulary.__file__, run_name=vocabulary.__name__)
    found = [(u.symbol, u.factor, u.dimension, u.words)
             for u in built['UNITS']]
    rows = [line.split() for line in EVERY.strip().splitlines()]
    assert found == [
        (symbol, Fraction(factor), () if base == '1' else ((base, 1),),
         tuple(words)) for symbol, factor, base, *words in rows]
