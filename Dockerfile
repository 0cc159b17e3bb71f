# The image of web, worker and beat. PostgreSQL, Valkey and the proxy are images of their own: docker-compose.yml.

FROM python:3.13-slim AS build
WORKDIR /srv/crisisdienst
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1

COPY requirements.txt requirements-node.txt ./
RUN python -m venv /venv \
 && /venv/bin/pip install --require-hashes --only-binary :all: -r requirements.txt
# npm comes by lock file too, and stays behind in this stage.
RUN python -m venv /node \
 && /node/bin/pip install --require-hashes --only-binary :all: -r requirements-node.txt

COPY package.json package-lock.json ./
COPY launcher launcher
RUN PATH=/node/bin:$PATH python -m launcher.frontend

COPY . .
# The settings refuse to start without these; none of them ends up in what is built here.
RUN for catalogue in locale/*/; do [ ! -d "$catalogue" ] || /venv/bin/pybabel compile -D django -d locale; done \
 && SECRET_KEY=only-while-building ALLOWED_HOSTS=build SITE_URL=http://build \
    DATABASE_URL=postgres://build/build REDIS_URL=redis://build \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
 && rm -rf node_modules


FROM python:3.13-slim
# A summary in PDF draws Arabic, Hebrew and most signs with these.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home crisisdienst
WORKDIR /srv/crisisdienst
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
COPY --from=build /venv /venv
COPY --from=build /srv/crisisdienst .
USER crisisdienst
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "crisisdienst.wsgi:application", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws"]
