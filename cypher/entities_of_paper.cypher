// Everything that a paper names, and in which role.
// :param paper: Paper — identifier or title
// :columns role, label, name, key, confidence, sentence
MATCH (p:Paper {key: $paper})-[r]->(x:Method|Dataset|Benchmark|Task|Metric)
RETURN type(r) AS role, labels(x) AS label, x.name AS name, x.key AS key, r.confidence AS confidence,
       r.sentence AS sentence
ORDER BY role, key
