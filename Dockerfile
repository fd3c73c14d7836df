# The portal for an outside database and broker; docker-compose.yml shows the whole.
FROM python:3.12-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
       fontconfig fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORTAL_VAR=/portal/var PORTAL_STATIC_ROOT=/portal/static-files
WORKDIR /portal
COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt

COPY . .
# Messages and static files belong to the image; neither needs a database or a real key.
RUN python -c "from pathlib import Path; from portal.demo.messages import compile_catalogues as c; c(Path('locale'))" \
    && PORTAL_MODE=demo DATABASE_URL=postgresql://nobody@none/none REDIS_URL=redis://none \
       python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system --home-dir /portal/var portal \
    && install --directory --owner portal /portal/var

USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=6s --start-period=40s CMD \
    ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/', timeout=5)"]
CMD ["gunicorn", "portal.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
