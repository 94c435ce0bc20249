// How many papers evaluate on a benchmark, year by year.
// :param benchmark: Benchmark|Dataset — the benchmark or data set
// :columns year, papers
MATCH (p:Paper)-[:EVALUATED_ON]->(b:Benchmark|Dataset {key: $benchmark})
WHERE p.year IS NOT NULL
RETURN p.year AS year, count(DISTINCT p.key) AS papers
ORDER BY year
