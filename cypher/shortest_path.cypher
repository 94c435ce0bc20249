// The shortest paths between two entities, through papers, methods and results, to length 6.
// :param from: Method|Benchmark|Dataset|Task|Metric — where paths begin
// :param to: Method|Benchmark|Dataset|Task|Metric — where they end
// :param limit: integer = 10 — most paths
// :columns hops, names
MATCH (a:Method|Benchmark|Dataset|Task|Metric {key: $from})
MATCH (b:Method|Benchmark|Dataset|Task|Metric {key: $to})
WHERE a.key <> b.key
MATCH path = allShortestPaths((a)-[*..6]-(b))
WITH DISTINCT length(path) AS hops, [x IN nodes(path) | coalesce(x.name, x.title, x.value)] AS names
RETURN hops, names
ORDER BY reduce(text = '', name IN names | text + name + ' - ') LIMIT $limit
