--[[ backup-note: a backup of the fair was made, or taken back from: from now on it is known.

KEYS    the fair's keys (people/keys.py)   13 the known backups
ARGV    1 its id   2 JSON   3 how many at most
gives   {'done', ''}, or {'refused', JSON}: backups_full
]]
if redis.call('HEXISTS', KEYS[13], ARGV[1]) == 0 and redis.call('HLEN', KEYS[13]) >= tonumber(ARGV[3]) then
  return { 'refused', cjson.encode({ code = 'backups_full', detail = { limit = tonumber(ARGV[3]) } }) }
end
redis.call('HSET', KEYS[13], ARGV[1], ARGV[2])
return { 'done', '' }
