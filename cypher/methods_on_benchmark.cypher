// Methods evaluated on a benchmark, with the paper and the sentence that says so.
// :param benchmark: Benchmark|Dataset — the benchmark or data set
// :param limit: integer = 50 — most rows
// :columns method, paper, title, year, confidence, sentence
MATCH (m:Method)-[r:EVALUATED_ON]->(b:Benchmark|Dataset {key: $benchmark})
MATCH (p:Paper {key: r.paper})
RETURN m.name AS method, p.id AS paper, p.title AS title, p.year AS year, r.confidence AS confidence,
       r.sentence AS sentence
ORDER BY coalesce(year, 0) DESC, method, paper, r.key LIMIT $limit
