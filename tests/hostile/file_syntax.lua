-- A file that is no Lua.
-- expect: input
-- says: near
-- runs: file
return mera.plugin {{{
