--[[ link-read: what a private link, or the code beside it, opens.

KEYS    the fair's keys (people/keys.py)
ARGV    the link as it is kept: SHA-256 of a token, or what the fair's key makes of a code
gives   the place (kind:id), or false
]]
return redis.call('HGET', KEYS[7], ARGV[1])
