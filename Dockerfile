# The fake as one small image: docker build -t mock-custify . && docker run --rm -p 8765:8765 mock-custify
FROM python:3.13.9-slim-bookworm AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY mock_custify mock_custify
COPY transformer/custify_transformer transformer/custify_transformer
COPY contract_tests/custify_contract contract_tests/custify_contract
RUN python -m venv /opt/mock-custify \
    && /opt/mock-custify/bin/pip install --no-cache-dir --no-compile --constraint constraints.txt '.[contract,fast]' \
    && /opt/mock-custify/bin/pip uninstall --yes pip

FROM python:3.13.9-slim-bookworm
COPY --from=build /opt/mock-custify /opt/mock-custify
RUN useradd --system --no-create-home --uid 10001 custify && install -d -o custify /data
ENV PATH=/opt/mock-custify/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER custify
WORKDIR /data
EXPOSE 8765
# Bash makes the health call itself, so that no Python process is started for it.
HEALTHCHECK --interval=10s --timeout=2s --start-period=5s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8765 && printf 'GET /_mock/health HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["mock-custify"]
CMD ["serve", "--host", "0.0.0.0"]
