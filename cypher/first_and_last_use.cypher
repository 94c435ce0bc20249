// The first and the last year in which papers train or evaluate on a benchmark or data set.
// :param benchmark: Benchmark|Dataset — the benchmark or data set
// :columns benchmark, first, last, papers
MATCH (p:Paper)-[:EVALUATED_ON|TRAINED_ON]->(b:Benchmark|Dataset {key: $benchmark})
RETURN b.name AS benchmark, min(p.year) AS first, max(p.year) AS last, count(DISTINCT p.key) AS papers
ORDER BY benchmark
