"""How prodworkflow is built; `templates` and `htdocs` lie at the top."""

from __future__ import annotations

from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent



def component_modules() -> list[str]:
    """The modules with a component: those where a class implements(...)."""
    return [path.relative_to(HERE).with_suffix('').as_posix().replace('/', '.')
            for path in sorted((HERE / 'prodworkflow').rglob('*.py'))
            if '\n    implements(' in path.read_text(encoding='utf-8')]


setup(
    name='prodworkflow',
    version='0.5.0',
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
    python_requires='>=3.9',
    packages=[*find_packages(include=['prodworkflow', 'prodworkflow.*']),
              'prodworkflow.templates', 'prodworkflow.htdocs'],
    package_dir={'prodworkflow.templates': 'templates',
                 'prodworkflow.htdocs': 'htdocs'},
    package_data={'prodworkflow': ['builtin_templates/*.toml', 'py.typed'],
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
        # Older ones fail with today's flexparser.
        'Pint>=0.24.4,<1',
    ],
    extras_require={
        # With newer ones trac-admin prints a deprecation warning each time.
        'quiet': ['setuptools<80.9'],
        'postgres': ['psycopg2-binary>=2.8.6'],
        'mariadb': ['PyMySQL>=0.10'],
        'test': ['pytest>=7.2', 'pytest-xdist>=3.2.1', 'pytest-randomly>=3.12',
                 'hypothesis>=6.80', 'aiosmtpd>=1.4.3', 'setuptools<80.9'],
        'nodes': ['gunicorn', 'psycopg2-binary>=2.8.6'],
        'browser': ['playwright'],
        'benchmarks': ['matplotlib'],
    },
    entry_points={
        'trac.plugins': [f'{name} = {name}' for name in component_modules()],
        'console_scripts': ['prodworkflow-demo = prodworkflow.demo:main'],
    },
)
