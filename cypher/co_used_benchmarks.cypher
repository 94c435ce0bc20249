// Benchmarks that papers evaluate on together with a given one.
// :param benchmark: Benchmark|Dataset — the benchmark or data set
// :param limit: integer = 50 — most rows
// :columns benchmark, papers
MATCH (a:Benchmark|Dataset {key: $benchmark})<-[:EVALUATED_ON]-(p:Paper)
MATCH (p)-[:EVALUATED_ON]->(b:Benchmark|Dataset)
WHERE b.key <> a.key
WITH b.key AS key, b.name AS benchmark, count(DISTINCT p.key) AS papers
RETURN benchmark, papers
ORDER BY papers DESC, benchmark, key LIMIT $limit
