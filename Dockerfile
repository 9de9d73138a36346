# The fake as one small image: docker build -t mock-custify . && docker run --rm -p 8765:8765 mock-custify
FROM python:3.12-slim AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE ./
COPY mock_custify mock_custify
COPY transformer/custify_transformer transformer/custify_transformer
COPY contract_tests/custify_contract contract_tests/custify_contract
RUN python -m venv /opt/mock-custify && /opt/mock-custify/bin/pip install --no-cache-dir --no-compile '.[contract]'

FROM python:3.12-slim
COPY --from=build /opt/mock-custify /opt/mock-custify
RUN useradd --system --no-create-home --uid 10001 custify && install -d -o custify /data
ENV PATH=/opt/mock-custify/bin:$PATH PYTHONDONTWRITEBYTECODE=1
USER custify
WORKDIR /data
EXPOSE 8765
HEALTHCHECK --interval=5s --timeout=2s --start-period=5s CMD \
    ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8765/_mock/health', timeout=2)"]
ENTRYPOINT ["mock-custify"]
CMD ["serve", "--host", "0.0.0.0"]
