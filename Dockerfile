# The same steps as `make setup`, then a wheel instead of an editable install.
# The tag fixes the Python minor version and the Debian release; a rebuild brings security fixes.
# For a reproducible build give a digest: --build-arg PYTHON_IMAGE=python:3.11-slim-bookworm@sha256:…
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_ROOT_USER_ACTION=ignore

WORKDIR /src

# The locks come first: while they do not change, neither do these two layers.
# LOCK=requirements-extras.lock brings what sends traces and faults to collectors of your own.
ARG LOCK=requirements.lock
COPY requirements.lock requirements-extras.lock requirements-dev.lock ./

# --no-deps: the locks are complete, and an older pip would look for newer versions of extras.
# The build backend comes from the development lock, so that it is checked by hash as well.
RUN python -m venv /opt/tools \
    && /opt/tools/bin/python -m pip install --quiet --require-hashes --no-deps --requirement requirements-dev.lock

# Without pip: what leaves this stage can install nothing.
RUN python -m venv --without-pip /opt/nextrung \
    && /opt/tools/bin/python -m pip --python /opt/nextrung/bin/python install --quiet --require-hashes --no-deps --requirement "${LOCK}"

COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY bot ./bot
COPY data ./data
COPY migrations ./migrations

RUN /opt/tools/bin/python -m pip wheel --quiet --no-build-isolation --no-deps --wheel-dir /wheels . \
    && /opt/tools/bin/python -m pip --python /opt/nextrung/bin/python install --quiet --no-deps /wheels/nextrung-*.whl


# A font for Chinese in the PDF of a packet, from Debian and signed by it, which no wheel brings.
FROM ${PYTHON_IMAGE} AS fonts

# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*


FROM ${PYTHON_IMAGE} AS final

ARG VERSION=0.1.0
ARG REVISION=unknown

LABEL org.opencontainers.image.title="Nextrung" \
      org.opencontainers.image.description="A self-hosted Slack bot for career growth: skills, levels, and the gap to the next rung." \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"

# Nothing is built or installed from here on, so what could is taken away.
RUN python -m pip uninstall --quiet --yes setuptools wheel pip

# Group 0 may write as well: a cluster that assigns any user at all gives it that group.
RUN groupadd --system --gid 10001 nextrung \
    && useradd --system --uid 10001 --gid nextrung --no-create-home --home-dir /var/lib/nextrung \
       --shell /usr/sbin/nologin nextrung \
    && install --directory --owner=nextrung --group=root --mode=0770 /var/lib/nextrung

COPY --from=build /opt/nextrung /opt/nextrung
COPY --from=fonts /usr/share/fonts/truetype/wqy /usr/share/fonts/truetype/wqy
COPY --from=fonts /usr/share/doc/fonts-wqy-microhei/copyright /usr/share/fonts/truetype/wqy/

# The data folder is where the code looks by itself as well, whoever runs it and without a home.
# A container's loopback address is its own: Slack's requests come in from outside.
ENV PATH=/opt/nextrung/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/var/lib \
    DATABASE_URL=sqlite:////var/lib/nextrung/nextrung.db \
    NEXTRUNG_HOST=0.0.0.0 \
    NEXTRUNG_PORT=3000

WORKDIR /var/lib/nextrung
VOLUME ["/var/lib/nextrung"]
EXPOSE 3000
STOPSIGNAL SIGTERM

# For `web`. `nextrung run` serves no HTTP: start it with --no-healthcheck.
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import http.client, os, sys; c = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('NEXTRUNG_PORT', '3000')), timeout=2); c.request('GET', '/healthz'); sys.exit(c.getresponse().status != 200)"]

# By number, so that an orchestrator can see that it is not root.
USER 10001:10001

ENTRYPOINT ["nextrung"]
CMD ["web"]
