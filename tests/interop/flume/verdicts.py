"""What `millraced check` says that Apache Flume keeps of small agents, beside what it does keep.

verdicts.py MILLRACED LIB DIR: LIB holds Flume's jars; DIR is made for the agents' files. Ends with 1 where they differ.
"""

import json
import os
import subprocess
import sys

SOURCE = "a.channels=c\na.sources=s\na.channels.c.type=memory\na.sources.s.channels=c\n"
SINK = "a.channels=c\na.sinks=k\na.channels.c.type=memory\na.sinks.k.channel=c\n"
BOTH = SINK + "a.sources=s\na.sources.s.type=seq\na.sources.s.channels=c\n"
GROUP = (
    "a.channels=c\na.sinks=k l\na.channels.c.type=memory\na.sinks.k.channel=c\na.sinks.l.channel=c\na.sinks.k.type=null\n"
    "a.sinks.l.type=null\na.sinkgroups=g\na.sinkgroups.g.sinks=k l\n"
)
NETCAT = SOURCE + "a.sources.s.type=netcat\na.sources.s.bind=127.0.0.1\na.sources.s.port="
FILTERED = "a.configfilters=f\na.configfilters.f.type=env\n" + NETCAT
BALANCE = GROUP + "a.sinkgroups.g.processor.type=load_balance\na.sinkgroups.g.processor."
FAILOVER = GROUP + "a.sinkgroups.g.processor.type=failover\na.sinkgroups.g.processor."
HTTP = SOURCE + "a.sources.s.type=http\na.sources.s.port=8080\na.sources.s.handler="
ROLL = SINK + "a.sinks.k.type=file_roll\na.sinks.k.sink.directory=/tmp\na.sinks.k.sink."
EXEC = SOURCE + "a.sources.s.type=exec\na.sources.s.command=date\na.sources.s.charset="
INTERCEPTED = SOURCE + "a.sources.s.type=seq\na.sources.s.interceptors=i\na.sources.s.interceptors.i."
EXTRACTOR = INTERCEPTED + (
    "type=regex_extractor\na.sources.s.interceptors.i.regex=(x)\na.sources.s.interceptors.i.serializers=e\n"
    "a.sources.s.interceptors.i.serializers.e.name=h\na.sources.s.interceptors.i.serializers.e."
)
MILLIS = EXTRACTOR + "type=org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer\n"

AGENTS = {
    "a variable that is not set": NETCAT + "${env:UNSET_NAME}\n",
    "a variable with its prefix in capitals": NETCAT + "${ENV:NC_PORT}\n",
    "a variable that is not to be replaced": NETCAT + "$${PORT}\n",
    "what Java tells of itself": NETCAT + "${java:version}\n",
    "a date that is a number": NETCAT + "${date:yyyy}\n",
    "a date that is none": NETCAT + "${date:yyyy-MM}\n",
    "a pattern of a variable": INTERCEPTED + "type=regex_filter\na.sources.s.interceptors.i.regex=${env:X}\n",
    "a repetition without a number": INTERCEPTED + "type=regex_filter\na.sources.s.interceptors.i.regex=a{,2}\n",
    "a selector that is none": BALANCE + "selector=fastest\n",
    "a selector in capitals": BALANCE + "selector=RANDOM\n",
    "a pause that is no number": BALANCE + "selector.maxTimeOut=long\n",
    "a priority that is no number": FAILOVER + "priority.k=high\n",
    "a handler that is missing": HTTP + "org.example.Missing\n",
    "a handler in the wrong letter case": HTTP + "org.apache.flume.source.http.jsonhandler\n",
    "a handler that is there": HTTP + "org.apache.flume.source.http.JSONHandler\n",
    "a path manager that is missing": ROLL + "pathManager=org.example.Missing\n",
    "a path manager that is there": ROLL + "pathManager=org.apache.flume.formatter.output.RollTimePathManager$Builder\n",
    "a deserializer that is missing":
        SOURCE + "a.sources.s.type=spooldir\na.sources.s.spoolDir=/tmp\na.sources.s.deserializer=org.example.Missing\n",
    "settings of a class that is missing": BOTH + "a.sinks.k.type=org.example.Missing\na.sinks.k.config=org.example.Also\n",
    "settings beside an alias": BOTH + "a.sinks.k.type=org.apache.flume.sink.NullSink\na.sinks.k.config=org.example.Missing\n",
    "settings of a channel":
        BOTH + "a.sinks.k.type=null\na.channels=c d\na.channels.d.type=org.example.Missing\na.channels.d.config=org.x.Y\n",
    "a blank behind a name": SINK + "a.sinks.k\\ .type = null\n",
    "a blank in front of a name": SINK + "a.sinks.\\ k.type = null\n",
    "a blank behind a section": SINK + "a.sinks\\ .k.type = null\n",
    "a name that begins with a dot": SINK + "a.sinks=.k\na.sinks..k.type=null\na.sinks..k.channel=c\n",
    "a charset that is none": EXEC + "latin-9x\n",
    "an alias of a charset": EXEC + "cp936\n",
    "a filter of the environment": FILTERED + "${f['NC_PORT']}\n",
    "a filter with two kinds of quotes": FILTERED + "${f['NC_PORT\"]}\n",
    "a filter that knows nothing": FILTERED + "${f['NONE']}\n",
    "a filter without quotes": FILTERED + "1${f[NC_PORT]}\n",
    "a filter without properties": "a.configfilters=f\n" + NETCAT + "4141\n",
    "a filter without a type": "a.configfilters=f\na.configfilters.f.x=1\n" + NETCAT + "4141\n",
    "a filter of an unknown type": "a.configfilters=f\na.configfilters.f.type=vault\n" + NETCAT + "4141\n",
    "a filter in capitals": "a.configfilters=f\na.configfilters.f.type=ENV\n" + NETCAT + "${f['NC_PORT']}\n",
    "times without a pattern": MILLIS,
    "times by a pattern that is none": MILLIS + "a.sources.s.interceptors.i.serializers.e.pattern=yyyy-bb\n",
}


def saidOf(millraced, file):
    said = subprocess.run([millraced, "check", "--json", file], capture_output=True, text=True, env=ENVIRONMENT)
    agent = json.loads(said.stdout)["agents"]["a"]["flume"]
    parts = [agent["sources"], agent["channels"], agent["sinks"] + agent["groups"]]
    return " | ".join(" ".join(sorted(names)) for names in parts)


def keptOf(lib, files):
    kept = subprocess.run(["java", "-cp", lib + "/*", os.path.join(os.path.dirname(__file__), "Kept.java"), *files],
                          capture_output=True, text=True, env=ENVIRONMENT)
    lines = (line.split(": ", 1) for line in kept.stdout.splitlines() if ".conf: " in line)
    return {name: parts for name, parts in lines}


ENVIRONMENT = dict(os.environ, NC_PORT="4141")
millraced, lib, directory = sys.argv[1:]
os.makedirs(directory, exist_ok=True)
files = {}
for number, (name, text) in enumerate(AGENTS.items()):
    files[name] = os.path.join(directory, f"{number}.conf")
    with open(files[name], "w", encoding="latin-1") as file:
        file.write(text)
kept = keptOf(lib, files.values())
different = 0
for name, file in files.items():
    ours, theirs = saidOf(millraced, file), kept.get(os.path.basename(file), "no answer")
    if ours != theirs:
        different += 1
        print(f"{name}: Apache Flume keeps '{theirs}', check says '{ours}'", file=sys.stderr)
sys.exit(1 if different else 0)
