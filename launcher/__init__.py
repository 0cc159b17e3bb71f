"""The two commands: installs, starts and stops everything the site needs on one machine.

Standard library only: it runs before anything is installed. It is tooling for development and for a small site;
larger ones run docker-compose.yml.
"""
