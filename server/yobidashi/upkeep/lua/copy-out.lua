--[[ copy-out: everything of one fair, at one instant. Reads only.

Keys with a life of their own (answers, sign-ins) have no list anywhere, so the whole key space of this Redis is looked through.
Nothing else runs meanwhile: a played day took 0.2 s, and 100,000 keys of others 0.3 s more, on two cores with other work on them.

KEYS    1 meta (queue/keys.py)
ARGV    1 pattern of the fair's keys   2 how many keys at most   3, … patterns (Lua) of keys to leave out
gives   {real time in ms, {key, type, ms it lives or -1, value}, ...}; value: a string, or a flat list (hash: field, value; zset:
        member, score; stream: id, fields); nothing where no fair stands; an error where there are too many keys
]]
if redis.call('EXISTS', KEYS[1]) == 0 then return {} end

local function is_left_out(key)
  for i = 3, #ARGV do
    if string.find(key, ARGV[i]) then return true end
  end
  return false
end

local readers = {
  string = function(key) return redis.call('GET', key) end,
  hash = function(key) return redis.call('HGETALL', key) end,
  zset = function(key) return redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') end,
  stream = function(key)
    local flat = {}
    for _, entry in ipairs(redis.call('XRANGE', key, '-', '+')) do
      flat[#flat + 1] = entry[1]
      flat[#flat + 1] = entry[2]
    end
    return flat
  end,
}

local time = redis.call('TIME')
local found, seen = { time[1] * 1000 + math.floor(time[2] / 1000) }, {}
local cursor = '0'
repeat
  local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
  cursor = page[1]
  for _, key in ipairs(page[2]) do
    if not seen[key] and not is_left_out(key) then
      seen[key] = true
      local kind = redis.call('TYPE', key).ok
      local value = readers[kind](key)
      if value then found[#found + 1] = { key, kind, redis.call('PTTL', key), value } end
      if #found > tonumber(ARGV[2]) then return redis.error_reply('COPYTOOLARGE more keys than a backup takes') end
    end
  end
until cursor == '0'
return found
