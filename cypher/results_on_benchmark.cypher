// Numbers that papers report on a benchmark.
// :param benchmark: Benchmark|Dataset — the benchmark or data set
// :param limit: integer = 50 — most rows
// :columns method, metric, value, hedge, number, upper, origin, unit, kind, direction, paper, title, year, sentence
MATCH (p:Paper)-[:REPORTS]->(x:Result)-[:`ON`]->(b:Benchmark|Dataset {key: $benchmark})
OPTIONAL MATCH (x)-[:OF]->(m:Method)
OPTIONAL MATCH (x)-[:MEASURED_BY]->(s:Metric)
RETURN m.name AS method, coalesce(s.name, x.metric) AS metric, x.value AS value, x.hedge AS hedge, x.number AS number,
       x.upper AS upper, x.origin AS origin, x.unit AS unit, x.kind AS kind, x.direction AS direction, p.id AS paper,
       p.title AS title, p.year AS year, x.sentence AS sentence
ORDER BY coalesce(year, 0) DESC, paper, method, metric, value, x.key LIMIT $limit
