--[[ link: a party's visit has a link, made when it is first asked for and the same ever after. Not a command of a page.

KEYS    the fair's keys (queue/keys.py)
ARGV    1 party id   2 a new random token
gives   the token by which the party's page is found; nothing where there is no such party
]]
--@include fair

local party = find('parties', ARGV[1])
if not party or dropped_in(party) then return false end
local token = redis.call('HGET', LINKED, ARGV[1])
if token then return token end
redis.call('HSET', LINKED, ARGV[1], ARGV[2])
redis.call('HSET', LINKS, ARGV[2], ARGV[1])
return ARGV[2]
