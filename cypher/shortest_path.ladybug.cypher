// The engine has its own words for shortest paths and for a list made from a path.
MATCH path = (a:Method|Benchmark|Dataset|Task|Metric {key: $from})
             -[* ALL SHORTEST 1..6]-(b:Method|Benchmark|Dataset|Task|Metric {key: $to})
WHERE a.key <> b.key
WITH DISTINCT length(path) AS hops, list_transform(nodes(path), x -> coalesce(x.name, x.title, x.value)) AS names
RETURN hops, names
ORDER BY list_to_string(' - ', names) + ' - ' LIMIT $limit
