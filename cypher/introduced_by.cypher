// Papers that introduce an entity as new.
// :param entity: Method|Benchmark|Dataset|Task|Metric — what was introduced
// :columns paper, title, year, sentence
MATCH (p:Paper)-[r:PROPOSES|INTRODUCES]->(x:Method|Benchmark|Dataset|Task|Metric {key: $entity})
RETURN p.id AS paper, p.title AS title, p.year AS year, r.sentence AS sentence
ORDER BY year, paper
