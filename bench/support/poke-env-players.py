"""Two of poke-env's random players against each other, for beside-poke-env.ts.

Each line on stdin is a number of battles to play on the ladder; the answer is a line of JSON: seconds, CPU seconds of
this process, and mean turns a battle.

    poke-env-players.py SERVER_URL FORMAT AT_ONCE
"""

import asyncio
import json
import resource
import sys
import time

from poke_env import AccountConfiguration, RandomPlayer, ServerConfiguration

url, battle_format, at_once = sys.argv[1:]


def player(name):
    return RandomPlayer(
        account_configuration=AccountConfiguration(name, None),
        server_configuration=ServerConfiguration(url, ""),
        battle_format=battle_format,
        max_concurrent_battles=int(at_once),
        start_timer_on_battle_start=True,
        log_level=40,
    )


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def main():
    players = [player("pokeenva"), player("pokeenvb")]
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        battles = int(line)
        start, cpu = time.perf_counter(), cpu_seconds()
        await asyncio.gather(*(one.ladder(battles) for one in players))
        taken = {"seconds": time.perf_counter() - start, "cpuSeconds": cpu_seconds() - cpu}
        turns = sum(battle.turn for battle in players[0].battles.values()) / battles
        for one in players:
            one.reset_battles()
        print(json.dumps({**taken, "turns": turns}), flush=True)


asyncio.run(main())
