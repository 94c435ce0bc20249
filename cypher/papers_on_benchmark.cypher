// Papers that evaluate on a benchmark, the newest first.
// :param benchmark: Benchmark|Dataset — the benchmark or data set
// :param limit: integer = 50 — most rows
// :columns paper, title, year, confidence, sentence
MATCH (p:Paper)-[r:EVALUATED_ON]->(b:Benchmark|Dataset {key: $benchmark})
RETURN p.id AS paper, p.title AS title, p.year AS year, r.confidence AS confidence, r.sentence AS sentence
ORDER BY coalesce(year, 0) DESC, paper, r.key LIMIT $limit
