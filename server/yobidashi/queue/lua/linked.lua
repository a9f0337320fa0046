--[[ linked: whose visit a link leads to. Reads only; not a command of a page.

KEYS    the fair's keys (queue/keys.py)
ARGV    1 token
gives   the party's id; nothing where the fair knows no such token
]]
--@include fair

return redis.call('HGET', LINKS, ARGV[1])
