<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>catalog</name>
    <message>
        <source>Receives events over Avro RPC from avro sinks of other agents and from client libraries.</source>
        <translation>通过 Avro RPC 接收其他 Agent 的 avro Sink 以及客户端库发来的事件。</translation>
    </message>
    <message>
        <source>Alias in any letter case, or the full class name of the source.</source>
        <translation>Source 的别名（不区分大小写）或完整类名。</translation>
    </message>
    <message>
        <source>Channels that receive every event of this source, separated by blanks.</source>
        <translation>接收该 Source 全部事件的 Channel，以空格分隔。</translation>
    </message>
    <message>
        <source>Decides which of the channels an event goes to.</source>
        <translation>决定事件进入哪些 Channel。</translation>
    </message>
    <message>
        <source>Settings of the chosen channel selector.</source>
        <translation>所选 Channel 选择器的设置。</translation>
    </message>
    <message>
        <source>Interceptors that change or drop events before they reach the channels, in this order, separated by blanks.</source>
        <translation>在事件到达 Channel 之前修改或丢弃事件的拦截器，按此顺序执行，以空格分隔。</translation>
    </message>
    <message>
        <source>Type and settings of each interceptor, below its name.</source>
        <translation>各拦截器的类型和设置，写在其名称之下。</translation>
    </message>
    <message>
        <source>Address to listen on, where 127.0.0.1 keeps the port closed to other machines.</source>
        <translation>监听地址，填 127.0.0.1 可使端口不对其他机器开放。</translation>
    </message>
    <message>
        <source>TCP port to listen on.</source>
        <translation>监听的 TCP 端口。</translation>
    </message>
    <message>
        <source>Read but without effect since Flume 1.10.</source>
        <translation>会被读取，但自 Flume 1.10 起不再起作用。</translation>
    </message>
    <message>
        <source>Compression of the stream, which must be the same at the sending end.</source>
        <translation>数据流的压缩方式，必须与发送端一致。</translation>
    </message>
    <message>
        <source>Turns on the filter rules for client addresses.</source>
        <translation>启用客户端地址过滤规则。</translation>
    </message>
    <message>
        <source>Rules such as allow:ip:127.* or deny:name:*, separated by commas, of which the first match decides.</source>
        <translation>形如 allow:ip:127.* 或 deny:name:* 的规则，以逗号分隔，第一条匹配的规则生效。</translation>
    </message>
    <message>
        <source>Encrypts connections with TLS, for which a keystore and its password are needed.</source>
        <translation>用 TLS 加密连接，需要密钥库及其密码。</translation>
    </message>
    <message>
        <source>Java keystore that holds the certificate and private key of this server.</source>
        <translation>保存本服务器证书和私钥的 Java 密钥库。</translation>
    </message>
    <message>
        <source>Password of the keystore.</source>
        <translation>密钥库的密码。</translation>
    </message>
    <message>
        <source>Format of the keystore file.</source>
        <translation>密钥库文件的格式。</translation>
    </message>
    <message>
        <source>TLS protocol versions that are never accepted, in addition to SSLv3, separated by blanks.</source>
        <translation>除 SSLv3 外一律不接受的 TLS 协议版本，以空格分隔。</translation>
    </message>
    <message>
        <source>The only TLS protocol versions that are accepted, separated by blanks, where nothing means all.</source>
        <translation>仅接受的 TLS 协议版本，以空格分隔，留空表示全部接受。</translation>
    </message>
    <message>
        <source>Cipher suites that are never accepted, separated by blanks.</source>
        <translation>一律不接受的加密套件，以空格分隔。</translation>
    </message>
    <message>
        <source>The only cipher suites that are accepted, separated by blanks, where nothing means all.</source>
        <translation>仅接受的加密套件，以空格分隔，留空表示全部接受。</translation>
    </message>
    <message>
        <source>Receives events over Thrift RPC from thrift sinks and client libraries.</source>
        <translation>通过 Thrift RPC 接收 thrift Sink 和客户端库发来的事件。</translation>
    </message>
    <message>
        <source>Most worker threads at a time, where 0 sets no bound.</source>
        <translation>同时工作的最大线程数，0 表示不限。</translation>
    </message>
    <message>
        <source>Thrift encoding, which must be the same at the sending end.</source>
        <translation>Thrift 编码方式，必须与发送端一致。</translation>
    </message>
    <message>
        <source>Authenticates clients by Kerberos instead of accepting framed connections.</source>
        <translation>用 Kerberos 认证客户端，而不接受普通的分帧连接。</translation>
    </message>
    <message>
        <source>Kerberos principal of this agent.</source>
        <translation>本 Agent 的 Kerberos 主体。</translation>
    </message>
    <message>
        <source>Keytab file of that principal.</source>
        <translation>该主体的 keytab 文件。</translation>
    </message>
    <message>
        <source>Runs a command and makes an event of each line that it prints.</source>
        <translation>运行一条命令，把它输出的每一行变成一个事件。</translation>
    </message>
    <message>
        <source>The command to run, split at blanks unless a shell is set.</source>
        <translation>要运行的命令，未设置 shell 时按空格拆分。</translation>
    </message>
    <message>
        <source>Shell that interprets the command, needed for pipes, wildcards and quotes.</source>
        <translation>解释该命令的 shell，使用管道、通配符和引号时需要设置。</translation>
    </message>
    <message>
        <source>Runs the command again when it has ended.</source>
        <translation>命令结束后再次运行。</translation>
    </message>
    <message>
        <source>Pause before the command is run again.</source>
        <translation>再次运行命令之前的等待时间。</translation>
    </message>
    <message>
        <source>Writes what the command prints to its error stream into the log.</source>
        <translation>把命令的错误输出写入日志。</translation>
    </message>
    <message>
        <source>Lines that are put into the channels in one transaction.</source>
        <translation>一个事务中放入 Channel 的行数。</translation>
    </message>
    <message>
        <source>A batch that is not full is delivered after this time at the latest.</source>
        <translation>未满的批次最迟在此时间后送出。</translation>
    </message>
    <message>
        <source>Character set in which the command prints.</source>
        <translation>命令输出所用的字符集。</translation>
    </message>
    <message>
        <source>Receives messages from a queue or topic of a JMS broker, each once it is safe in the channels.</source>
        <translation>从 JMS 消息 Broker 的队列或主题接收消息，并在事件安全进入 Channel 后确认。</translation>
    </message>
    <message>
        <source>Java class that opens the JNDI directory of the broker.</source>
        <translation>打开消息 Broker JNDI 目录的 Java 类。</translation>
    </message>
    <message>
        <source>JNDI name of the connection factory.</source>
        <translation>连接工厂的 JNDI 名称。</translation>
    </message>
    <message>
        <source>Address of the broker as amqp://host:port, where Apache Flume takes the address of a JNDI provider.</source>
        <translation>Broker 的地址，格式为 amqp://host:port；Apache Flume 在此处使用 JNDI 提供者的地址。</translation>
    </message>
    <message>
        <source>Name of the queue or topic to read.</source>
        <translation>要读取的队列或主题的名称。</translation>
    </message>
    <message>
        <source>Tells whether the destination is a queue or a topic.</source>
        <translation>说明目的地是队列还是主题。</translation>
    </message>
    <message>
        <source>Creates the destination by its name, or looks it up in JNDI.</source>
        <translation>按名称创建目的地，或在 JNDI 中查找。</translation>
    </message>
    <message>
        <source>JMS expression that picks the messages to receive.</source>
        <translation>选择所接收消息的 JMS 表达式。</translation>
    </message>
    <message>
        <source>User name for the broker.</source>
        <translation>访问消息 Broker 的用户名。</translation>
    </message>
    <message>
        <source>File that holds the password for the broker.</source>
        <translation>保存消息 Broker 密码的文件。</translation>
    </message>
    <message>
        <source>Messages that are put into the channels in one transaction.</source>
        <translation>一个事务中放入 Channel 的消息数。</translation>
    </message>
    <message>
        <source>Errors in a row after which the connection is built anew.</source>
        <translation>连续出错达到此次数后重新建立连接。</translation>
    </message>
    <message>
        <source>Time to wait for the first message of a batch.</source>
        <translation>等待一个批次中第一条消息的时间。</translation>
    </message>
    <message>
        <source>Class that turns messages into events.</source>
        <translation>把消息转换为事件的类。</translation>
    </message>
    <message>
        <source>Character set of text messages, which Flume 1.11 honours only when written as converter.converter.charset.</source>
        <translation>文本消息的字符集，Flume 1.11 只在写成 converter.converter.charset 时才生效。</translation>
    </message>
    <message>
        <source>Settings of an own converter class.</source>
        <translation>自定义转换类的设置。</translation>
    </message>
    <message>
        <source>Subscribes durably, so that a topic keeps messages while this source is away.</source>
        <translation>使用持久订阅，使主题在该 Source 离线时保留消息。</translation>
    </message>
    <message>
        <source>Client name for the durable subscription.</source>
        <translation>持久订阅所用的客户端名称。</translation>
    </message>
    <message>
        <source>Name of the durable subscription.</source>
        <translation>持久订阅的名称。</translation>
    </message>
    <message>
        <source>Each poll in a row that finds nothing lengthens the pause before the next one by this much.</source>
        <translation>每次轮询一无所获时，下一次轮询前的等待增加这么多。</translation>
    </message>
    <message>
        <source>Longest pause between two polls, also taken after an unexpected error.</source>
        <translation>两次轮询之间的最长等待，出现意外错误后也会等待这么久。</translation>
    </message>
    <message>
        <source>Reads finished files that are dropped into a directory, line by line and without loss.</source>
        <translation>逐行读取放入目录的已完成文件，不会丢失数据。</translation>
    </message>
    <message>
        <source>Directory to watch, which must exist when the source starts.</source>
        <translation>要监视的目录，Source 启动时必须存在。</translation>
    </message>
    <message>
        <source>Ending that is added to the name of a file once it has been read.</source>
        <translation>文件读完后添加到文件名末尾的后缀。</translation>
    </message>
    <message>
        <source>Keeps a file that has been read, or deletes it at once.</source>
        <translation>保留已读完的文件，或立即删除。</translation>
    </message>
    <message>
        <source>Marks finished files by renaming them, or by empty files in the tracker directory.</source>
        <translation>通过改名标记已完成的文件，或在跟踪目录中用空文件标记。</translation>
    </message>
    <message>
        <source>Directory for the reading position, below the watched directory unless it is absolute.</source>
        <translation>保存读取位置的目录，除非是绝对路径，否则位于被监视目录之下。</translation>
    </message>
    <message>
        <source>Adds a header with the absolute path of the file.</source>
        <translation>添加一个 Header，内容为文件的绝对路径。</translation>
    </message>
    <message>
        <source>Name of the header for the path.</source>
        <translation>存放路径的 Header 名称。</translation>
    </message>
    <message>
        <source>Adds a header with the bare name of the file.</source>
        <translation>添加一个 Header，内容为不含路径的文件名。</translation>
    </message>
    <message>
        <source>Name of the header for the bare name.</source>
        <translation>存放文件名的 Header 名称。</translation>
    </message>
    <message>
        <source>Only files whose whole name matches this pattern are read.</source>
        <translation>只读取整个文件名与此模式匹配的文件。</translation>
    </message>
    <message>
        <source>Files whose whole name matches this pattern are left alone.</source>
        <translation>跳过整个文件名与此模式匹配的文件。</translation>
    </message>
    <message>
        <source>Order in which waiting files are read.</source>
        <translation>读取等待中文件的顺序。</translation>
    </message>
    <message>
        <source>Pause between two looks into the directory.</source>
        <translation>两次查看目录之间的等待时间。</translation>
    </message>
    <message>
        <source>Also reads files in subdirectories.</source>
        <translation>同时读取子目录中的文件。</translation>
    </message>
    <message>
        <source>Longest pause between attempts while a channel is full.</source>
        <translation>Channel 已满时两次尝试之间的最长等待。</translation>
    </message>
    <message>
        <source>Events that are put into the channels in one transaction.</source>
        <translation>一个事务中放入 Channel 的事件数。</translation>
    </message>
    <message>
        <source>Character set of the files.</source>
        <translation>文件的字符集。</translation>
    </message>
    <message>
        <source>What to do with bytes that are not valid in the character set.</source>
        <translation>遇到不符合字符集的字节时的处理方式。</translation>
    </message>
    <message>
        <source>Cuts a file into events.</source>
        <translation>把文件切分成事件。</translation>
    </message>
    <message>
        <source>Settings of the chosen deserializer.</source>
        <translation>所选反序列化器的设置。</translation>
    </message>
    <message>
        <source>Has no effect any more.</source>
        <translation>已不再起作用。</translation>
    </message>
    <message>
        <source>Old name for the longest line, now deserializer.maxLineLength.</source>
        <translation>最长行的旧名称，现为 deserializer.maxLineLength。</translation>
    </message>
    <message>
        <source>Follows growing log files by name pattern and remembers how far it has read, even over restarts.</source>
        <translation>按文件名模式跟踪不断增长的日志文件，并记住读取位置，重启后也能继续。</translation>
    </message>
    <message>
        <source>Names of the groups of files to follow, separated by blanks.</source>
        <translation>要跟踪的文件组名称，以空格分隔。</translation>
    </message>
    <message>
        <source>Directory and file name pattern of this group, where only the last part of the path is a regular expression.</source>
        <translation>该组的目录和文件名模式，只有路径的最后一段是正则表达式。</translation>
    </message>
    <message>
        <source>File that keeps the reading position of each followed file and must lie in a named directory.</source>
        <translation>记录各个被跟踪文件读取位置的文件，路径中必须包含目录。</translation>
    </message>
    <message>
        <source>Header with a fixed value for every event of this group.</source>
        <translation>为该组的每个事件添加的固定值 Header。</translation>
    </message>
    <message>
        <source>Adds the header byteoffset, the place of the line in its file.</source>
        <translation>添加 Header byteoffset，即该行在文件中的位置。</translation>
    </message>
    <message>
        <source>Starts at the end of files for which no position is known.</source>
        <translation>没有已知位置的文件从末尾开始读取。</translation>
    </message>
    <message>
        <source>A file without growth for this long is closed, and its unfinished last line delivered.</source>
        <translation>在此时间内没有增长的文件会被关闭，并送出其未完成的最后一行。</translation>
    </message>
    <message>
        <source>Time between two writes of the position file.</source>
        <translation>两次写入位置文件之间的时间。</translation>
    </message>
    <message>
        <source>Batches in a row from one file before the other files get their turn.</source>
        <translation>从一个文件连续读取的批次数，之后轮到其他文件。</translation>
    </message>
    <message>
        <source>Lists a directory again only after it has changed.</source>
        <translation>仅在目录发生变化后才重新列出其中的文件。</translation>
    </message>
    <message>
        <source>Samples the public Twitter stream, whose interface has been switched off.</source>
        <translation>对公开的 Twitter 数据流采样，其接口已经关闭。</translation>
    </message>
    <message>
        <source>the service that it reads has been switched off</source>
        <translation>它所读取的服务已经关闭</translation>
    </message>
    <message>
        <source>Key of the application.</source>
        <translation>应用程序的密钥。</translation>
    </message>
    <message>
        <source>Secret of the application.</source>
        <translation>应用程序的机密。</translation>
    </message>
    <message>
        <source>Access token of the account.</source>
        <translation>帐户的访问令牌。</translation>
    </message>
    <message>
        <source>Secret of the access token.</source>
        <translation>访问令牌的机密。</translation>
    </message>
    <message>
        <source>Tweets that are packed into one event.</source>
        <translation>装入一个事件的推文数。</translation>
    </message>
    <message>
        <source>Time after which an unfinished batch is sent on.</source>
        <translation>未完成的批次在此时间后送出。</translation>
    </message>
    <message>
        <source>Reads topics of a Kafka cluster as a member of a consumer group and commits what the channels have accepted.</source>
        <translation>作为消费组的成员读取 Kafka 集群的主题，并提交 Channel 已接受的消费位点。</translation>
    </message>
    <message>
        <source>Brokers to ask first, as host:port, separated by commas.</source>
        <translation>首先联系的 Broker，写成 host:port，以逗号分隔。</translation>
    </message>
    <message>
        <source>Topics to read, separated by commas.</source>
        <translation>要读取的主题，以逗号分隔。</translation>
    </message>
    <message>
        <source>Reads all topics whose name matches this pattern and takes precedence over the list.</source>
        <translation>读取名称与此模式匹配的所有主题，优先于主题列表。</translation>
    </message>
    <message>
        <source>Consumer group whose members share the partitions and their position.</source>
        <translation>消费组，其成员共同分担分区并共享消费位点。</translation>
    </message>
    <message>
        <source>Records that are put into the channels in one transaction.</source>
        <translation>一个事务中放入 Channel 的消息数。</translation>
    </message>
    <message>
        <source>Expects values as Flume events in Avro form, with headers and body.</source>
        <translation>要求消息的值是 Avro 形式的 Flume 事件，包含 Header 和 Body。</translation>
    </message>
    <message>
        <source>Stores the name of the topic in a header.</source>
        <translation>把主题名称存入 Header。</translation>
    </message>
    <message>
        <source>Name of the header for the topic.</source>
        <translation>存放主题名称的 Header 名称。</translation>
    </message>
    <message>
        <source>Documented but never read, because the time of the record always goes to the header timestamp.</source>
        <translation>文档中有说明但从不读取，因为消息的时间总是写入 Header timestamp。</translation>
    </message>
    <message>
        <source>Copies the record header named here into the event header of this key.</source>
        <translation>把此处指定的消息 Header 复制到该键对应的 Header。</translation>
    </message>
    <message>
        <source>How the connection to the brokers is secured.</source>
        <translation>与 Broker 之间连接的安全方式。</translation>
    </message>
    <message>
        <source>Accepts a broker certificate that was made for another host name.</source>
        <translation>接受为其他主机名签发的 Broker 证书。</translation>
    </message>
    <message>
        <source>Any setting of the Kafka consumer.</source>
        <translation>Kafka 消费者的任意设置。</translation>
    </message>
    <message>
        <source>Old name of kafka.topics.</source>
        <translation>kafka.topics 的旧名称。</translation>
    </message>
    <message>
        <source>Old name of kafka.consumer.group.id.</source>
        <translation>kafka.consumer.group.id 的旧名称。</translation>
    </message>
    <message>
        <source>Old way to find the brokers, replaced by kafka.bootstrap.servers.</source>
        <translation>查找 Broker 的旧方式，已由 kafka.bootstrap.servers 取代。</translation>
    </message>
    <message>
        <source>Takes over old positions from ZooKeeper when the group has none in Kafka.</source>
        <translation>消费组在 Kafka 中没有消费位点时，从 ZooKeeper 接管旧的消费位点。</translation>
    </message>
    <message>
        <source>Accepts TCP connections and makes an event of each line that arrives.</source>
        <translation>接受 TCP 连接，把收到的每一行变成一个事件。</translation>
    </message>
    <message>
        <source>Longest line including its end, above which the connection is closed.</source>
        <translation>含行尾在内的最大行长，超出时关闭连接。</translation>
    </message>
    <message>
        <source>Answers OK for each line that the channels have accepted.</source>
        <translation>Channel 接受每一行后回复 OK。</translation>
    </message>
    <message>
        <source>Character set in which lines arrive.</source>
        <translation>收到的行所用的字符集。</translation>
    </message>
    <message>
        <source>Makes an event of each UDP datagram, up to its first line end.</source>
        <translation>把每个 UDP 数据报（到第一个行尾为止）变成一个事件。</translation>
    </message>
    <message>
        <source>Address to listen on, by default all addresses of this computer.</source>
        <translation>监听地址，默认为本机的所有地址。</translation>
    </message>
    <message>
        <source>UDP port to listen on.</source>
        <translation>监听的 UDP 端口。</translation>
    </message>
    <message>
        <source>Name of the header for the address of the sender, which should always be set.</source>
        <translation>存放发送方地址的 Header 名称，应当始终设置。</translation>
    </message>
    <message>
        <source>Counts upwards from 0 and makes an event of each number, for tests.</source>
        <translation>从 0 开始向上计数，把每个数字变成一个事件，用于测试。</translation>
    </message>
    <message>
        <source>Stops after this many events.</source>
        <translation>产生这么多事件后停止。</translation>
    </message>
    <message>
        <source>Receives syslog messages over TCP, one per line.</source>
        <translation>通过 TCP 接收 syslog 消息，每行一条。</translation>
    </message>
    <message>
        <source>superseded by multiport_syslogtcp</source>
        <translation>已由 multiport_syslogtcp 取代</translation>
    </message>
    <message>
        <source>Address to listen on, without which the source starts but never binds.</source>
        <translation>监听地址，缺少它时 Source 会启动但从不绑定端口。</translation>
    </message>
    <message>
        <source>Longest message, above which it is cut into several events.</source>
        <translation>最长的消息，超出时会被切分成多个事件。</translation>
    </message>
    <message>
        <source>Header fields that also stay in front of the body, as a list, or all or none of them.</source>
        <translation>同时保留在 Body 前面的头字段，可为列表，也可全部保留或全不保留。</translation>
    </message>
    <message>
        <source>Name of the header that takes the IP address of the sender.</source>
        <translation>存放发送方 IP 地址的 Header 名称。</translation>
    </message>
    <message>
        <source>Name of the header that takes the host name of the sender, which may need a slow name lookup.</source>
        <translation>存放发送方主机名的 Header 名称，可能需要较慢的名称解析。</translation>
    </message>
    <message>
        <source>Additional pattern tried first, whose five groups are priority, version, timestamp, host and body.</source>
        <translation>最先尝试的附加模式，其五个组依次为优先级、版本、时间戳、主机和正文。</translation>
    </message>
    <message>
        <source>Pattern that is looked for in the timestamp found by the additional pattern.</source>
        <translation>在附加模式找到的时间戳中查找的模式。</translation>
    </message>
    <message>
        <source>Text that replaces what was found in the timestamp.</source>
        <translation>替换时间戳中所找到内容的文本。</translation>
    </message>
    <message>
        <source>Java date pattern by which the timestamp is read in the end.</source>
        <translation>最终用来解析时间戳的 Java 日期模式。</translation>
    </message>
    <message>
        <source>Receives syslog messages over several TCP ports in batches.</source>
        <translation>在多个 TCP 端口上分批接收 syslog 消息。</translation>
    </message>
    <message>
        <source>TCP ports to listen on, separated by blanks.</source>
        <translation>监听的 TCP 端口，以空格分隔。</translation>
    </message>
    <message>
        <source>Longest line, above which it is cut into several events.</source>
        <translation>最长的行，超出时会被切分成多个事件。</translation>
    </message>
    <message>
        <source>Events of one read that are put into the channels in one transaction.</source>
        <translation>一次读取后在一个事务中放入 Channel 的事件数。</translation>
    </message>
    <message>
        <source>Size of the buffer that a connection starts with.</source>
        <translation>连接起始时的缓冲区大小。</translation>
    </message>
    <message>
        <source>Threads that read from connections, by default one more than there are processors.</source>
        <translation>从连接读取数据的线程数，默认比处理器数多一个。</translation>
    </message>
    <message>
        <source>Name of the header for the port on which a message came in.</source>
        <translation>存放消息到达端口的 Header 名称。</translation>
    </message>
    <message>
        <source>Character set of messages on ports that have none of their own.</source>
        <translation>未单独指定字符集的端口上消息的字符集。</translation>
    </message>
    <message>
        <source>Character set of messages on this port.</source>
        <translation>该端口上消息的字符集。</translation>
    </message>
    <message>
        <source>Receives syslog messages over UDP, one per datagram.</source>
        <translation>通过 UDP 接收 syslog 消息，每个数据报一条。</translation>
    </message>
    <message>
        <source>Accepts events as HTTP requests and answers when the channels have accepted them.</source>
        <translation>以 HTTP 请求接收事件，Channel 接受后再作应答。</translation>
    </message>
    <message>
        <source>Class that turns a request into events.</source>
        <translation>把请求转换为事件的类。</translation>
    </message>
    <message>
        <source>Settings of the chosen handler.</source>
        <translation>所选处理器的设置。</translation>
    </message>
    <message>
        <source>Settings of the thread pool of the web server.</source>
        <translation>Web 服务器线程池的设置。</translation>
    </message>
    <message>
        <source>HTTP settings of the web server.</source>
        <translation>Web 服务器的 HTTP 设置。</translation>
    </message>
    <message>
        <source>TLS settings of the web server.</source>
        <translation>Web 服务器的 TLS 设置。</translation>
    </message>
    <message>
        <source>Connector settings of the web server.</source>
        <translation>Web 服务器的连接器设置。</translation>
    </message>
    <message>
        <source>Old name of ssl.</source>
        <translation>ssl 的旧名称。</translation>
    </message>
    <message>
        <source>Old name of keystore-password.</source>
        <translation>keystore-password 的旧名称。</translation>
    </message>
    <message>
        <source>Old name of exclude-protocols.</source>
        <translation>exclude-protocols 的旧名称。</translation>
    </message>
    <message>
        <source>Makes events of one size as fast as the channels accept them, for load tests.</source>
        <translation>以 Channel 能接受的最快速度产生固定大小的事件，用于负载测试。</translation>
    </message>
    <message>
        <source>Length of the body of each event.</source>
        <translation>每个事件的 Body 长度。</translation>
    </message>
    <message>
        <source>Stops after this many attempts, where -1 never stops.</source>
        <translation>尝试这么多次后停止，-1 表示永不停止。</translation>
    </message>
    <message>
        <source>Stops after this many accepted events, where -1 never stops.</source>
        <translation>有这么多事件被接受后停止，-1 表示永不停止。</translation>
    </message>
    <message>
        <source>Upper limit of events per second, where 0 sets none.</source>
        <translation>每秒事件数的上限，0 表示不限。</translation>
    </message>
    <message>
        <source>Receives log entries over the Thrift protocol of Scribe.</source>
        <translation>通过 Scribe 的 Thrift 协议接收日志条目。</translation>
    </message>
    <message>
        <source>TCP port to listen on, on all addresses of this computer.</source>
        <translation>在本机所有地址上监听的 TCP 端口。</translation>
    </message>
    <message>
        <source>Longest request that is accepted.</source>
        <translation>可接受的最长请求。</translation>
    </message>
    <message>
        <source>Threads that answer requests.</source>
        <translation>应答请求的线程数。</translation>
    </message>
    <message>
        <source>Receives events from agents of Flume 0.9 over their Avro protocol.</source>
        <translation>通过 Flume 0.9 Agent 的 Avro 协议接收其事件。</translation>
    </message>
    <message>
        <source>for agents of Flume 0.9</source>
        <translation>用于 Flume 0.9 的 Agent</translation>
    </message>
    <message>
        <source>Address to listen on.</source>
        <translation>监听地址。</translation>
    </message>
    <message>
        <source>Receives events from agents of Flume 0.9 over their Thrift protocol.</source>
        <translation>通过 Flume 0.9 Agent 的 Thrift 协议接收其事件。</translation>
    </message>
    <message>
        <source>Takes events from the Java program that has a Flume agent built in.</source>
        <translation>从内嵌 Flume Agent 的 Java 程序接收事件。</translation>
    </message>
    <message>
        <source>only inside the embedded agent</source>
        <translation>仅在内嵌 Agent 中使用</translation>
    </message>
    <message>
        <source>Keeps events in memory, which is fast, but loses them when the agent stops.</source>
        <translation>把事件保存在内存中，速度快，但 Agent 停止时会丢失。</translation>
    </message>
    <message>
        <source>Alias in any letter case, or the full class name of the channel.</source>
        <translation>Channel 的别名（不区分大小写）或完整类名。</translation>
    </message>
    <message>
        <source>Most events that can wait in the channel.</source>
        <translation>Channel 中最多可等待的事件数。</translation>
    </message>
    <message>
        <source>Most events in one transaction, at least the batch size of every source and sink on this channel.</source>
        <translation>一个事务中的最大事件数，不得小于该 Channel 上各 Source 和 Sink 的批次大小。</translation>
    </message>
    <message>
        <source>Longest time that a full channel lets a source wait, and an empty one a sink.</source>
        <translation>Channel 满时 Source、Channel 空时 Sink 的最长等待时间。</translation>
    </message>
    <message>
        <source>Most bytes of event bodies that can wait, by default 80 percent of the memory Flume may use.</source>
        <translation>可等待的 Body 总字节数上限，默认为 Flume 可用内存的百分之 80。</translation>
    </message>
    <message>
        <source>Part of the byte capacity that is set aside for headers.</source>
        <translation>字节容量中为 Header 预留的部分。</translation>
    </message>
    <message>
        <source>Keeps events in files, so that nothing is lost when the agent stops or crashes.</source>
        <translation>把事件保存在文件中，Agent 停止或崩溃时也不会丢失。</translation>
    </message>
    <message>
        <source>Longest time that a full channel lets a source wait.</source>
        <translation>Channel 满时 Source 的最长等待时间。</translation>
    </message>
    <message>
        <source>Directory for the checkpoint, which no other channel may use.</source>
        <translation>存放检查点的目录，不得与其他 Channel 共用。</translation>
    </message>
    <message>
        <source>Directories for the event files, separated by commas and best on separate disks.</source>
        <translation>存放事件文件的目录，以逗号分隔，最好位于不同的磁盘。</translation>
    </message>
    <message>
        <source>Keeps a second copy of the checkpoint.</source>
        <translation>保留检查点的第二份副本。</translation>
    </message>
    <message>
        <source>Directory for the second copy of the checkpoint.</source>
        <translation>存放检查点第二份副本的目录。</translation>
    </message>
    <message>
        <source>Compresses the second copy of the checkpoint.</source>
        <translation>压缩检查点的第二份副本。</translation>
    </message>
    <message>
        <source>Time between two checkpoints.</source>
        <translation>两次检查点之间的时间。</translation>
    </message>
    <message>
        <source>Size at which a new event file is begun.</source>
        <translation>达到此大小时开始新的事件文件。</translation>
    </message>
    <message>
        <source>Free space on the disk below which the channel refuses events.</source>
        <translation>磁盘剩余空间低于此值时 Channel 拒绝接收事件。</translation>
    </message>
    <message>
        <source>Reads the event files after a restart in the old way.</source>
        <translation>重启后用旧的方式读取事件文件。</translation>
    </message>
    <message>
        <source>Rebuilds a missing checkpoint faster but with more memory.</source>
        <translation>更快地重建缺失的检查点，但占用更多内存。</translation>
    </message>
    <message>
        <source>Writes a checkpoint when the channel is stopped.</source>
        <translation>Channel 停止时写入检查点。</translation>
    </message>
    <message>
        <source>Forces each transaction to the disk, without which a crash may lose events.</source>
        <translation>每个事务都强制写入磁盘，否则崩溃时可能丢失事件。</translation>
    </message>
    <message>
        <source>Time between two forced writes when transactions are not forced each.</source>
        <translation>不逐个事务强制写盘时，两次强制写盘之间的时间。</translation>
    </message>
    <message>
        <source>Where the encryption keys come from.</source>
        <translation>加密密钥的来源。</translation>
    </message>
    <message>
        <source>Name of the key that encrypts new events.</source>
        <translation>加密新事件的密钥名称。</translation>
    </message>
    <message>
        <source>Cipher that encrypts the events.</source>
        <translation>加密事件所用的密码算法。</translation>
    </message>
    <message>
        <source>Keystore that holds the encryption keys.</source>
        <translation>保存加密密钥的密钥库。</translation>
    </message>
    <message>
        <source>File that holds the password of the keystore.</source>
        <translation>保存密钥库密码的文件。</translation>
    </message>
    <message>
        <source>Names of all keys that were ever used, separated by blanks.</source>
        <translation>曾经使用过的所有密钥的名称，以空格分隔。</translation>
    </message>
    <message>
        <source>File that holds the password of this key.</source>
        <translation>保存该密钥密码的文件。</translation>
    </message>
    <message>
        <source>Keeps events in a database, by default an embedded one.</source>
        <translation>把事件保存在数据库中，默认使用内嵌数据库。</translation>
    </message>
    <message>
        <source>Kind of the database.</source>
        <translation>数据库的种类。</translation>
    </message>
    <message>
        <source>Java class of the database driver.</source>
        <translation>数据库驱动的 Java 类。</translation>
    </message>
    <message>
        <source>JDBC address of the database, by default an embedded one in the home directory.</source>
        <translation>数据库的 JDBC 地址，默认为主目录中的内嵌数据库。</translation>
    </message>
    <message>
        <source>User name for the database.</source>
        <translation>访问数据库的用户名。</translation>
    </message>
    <message>
        <source>Password for the database.</source>
        <translation>访问数据库的密码。</translation>
    </message>
    <message>
        <source>File with further settings of the connection.</source>
        <translation>包含其他连接设置的文件。</translation>
    </message>
    <message>
        <source>Creates the tables when they are missing.</source>
        <translation>表不存在时创建表。</translation>
    </message>
    <message>
        <source>Creates indexes when they are missing.</source>
        <translation>索引不存在时创建索引。</translation>
    </message>
    <message>
        <source>Creates foreign keys when they are missing.</source>
        <translation>外键不存在时创建外键。</translation>
    </message>
    <message>
        <source>How far transactions of the database are kept apart.</source>
        <translation>数据库事务的隔离程度。</translation>
    </message>
    <message>
        <source>Most connections to the database at a time.</source>
        <translation>同时与数据库建立的最大连接数。</translation>
    </message>
    <message>
        <source>Most events that can wait in the channel, where 0 sets no bound.</source>
        <translation>Channel 中最多可等待的事件数，0 表示不限。</translation>
    </message>
    <message>
        <source>Java system properties to set for the driver.</source>
        <translation>为驱动设置的 Java 系统属性。</translation>
    </message>
    <message>
        <source>Old long names of the settings of this channel.</source>
        <translation>该 Channel 各项设置的旧长名称。</translation>
    </message>
    <message>
        <source>Keeps events in a topic of a Kafka cluster, where other programs can read and write them too.</source>
        <translation>把事件保存在 Kafka 集群的主题中，其他程序也可以读写。</translation>
    </message>
    <message>
        <source>Topic that holds the events.</source>
        <translation>保存事件的主题。</translation>
    </message>
    <message>
        <source>Consumer group with which sinks read from this channel.</source>
        <translation>Sink 读取该 Channel 所用的消费组。</translation>
    </message>
    <message>
        <source>Stores and expects headers and body in Avro form, or only the body when false.</source>
        <translation>以 Avro 形式存取 Header 和 Body，为 false 时只存取 Body。</translation>
    </message>
    <message>
        <source>Longest time a sink waits for records of the topic.</source>
        <translation>Sink 等待主题中消息的最长时间。</translation>
    </message>
    <message>
        <source>Writes every event to this partition.</source>
        <translation>把每个事件写入该分区。</translation>
    </message>
    <message>
        <source>Header that holds the number of the partition to write to.</source>
        <translation>存放目标分区编号的 Header。</translation>
    </message>
    <message>
        <source>Where a group without a known position begins to read.</source>
        <translation>消费组没有已知消费位点时从哪里开始读取。</translation>
    </message>
    <message>
        <source>Replicas that must have an event before it counts as stored.</source>
        <translation>必须有这些副本收到事件，才算已保存。</translation>
    </message>
    <message>
        <source>How connections of the producer to the brokers are secured.</source>
        <translation>生产者与 Broker 之间连接的安全方式。</translation>
    </message>
    <message>
        <source>How connections of the consumer to the brokers are secured.</source>
        <translation>消费者与 Broker 之间连接的安全方式。</translation>
    </message>
    <message>
        <source>Any setting of the Kafka producer.</source>
        <translation>Kafka 生产者的任意设置。</translation>
    </message>
    <message>
        <source>Old name of kafka.bootstrap.servers.</source>
        <translation>kafka.bootstrap.servers 的旧名称。</translation>
    </message>
    <message>
        <source>Old name of kafka.topic.</source>
        <translation>kafka.topic 的旧名称。</translation>
    </message>
    <message>
        <source>Old switch for kafka.consumer.auto.offset.reset.</source>
        <translation>kafka.consumer.auto.offset.reset 的旧开关。</translation>
    </message>
    <message>
        <source>Only needed to take over old positions from ZooKeeper.</source>
        <translation>仅在从 ZooKeeper 接管旧的消费位点时需要。</translation>
    </message>
    <message>
        <source>Keeps events in memory and moves on to files when memory is full.</source>
        <translation>把事件保存在内存中，内存满时转存到文件。</translation>
    </message>
    <message>
        <source>experimental</source>
        <translation>实验性</translation>
    </message>
    <message>
        <source>Most events that wait in memory, where 0 uses files only.</source>
        <translation>内存中最多可等待的事件数，0 表示只用文件。</translation>
    </message>
    <message>
        <source>Most events that wait in files, where 0 uses memory only.</source>
        <translation>文件中最多可等待的事件数，0 表示只用内存。</translation>
    </message>
    <message>
        <source>Time to wait for room in memory before files are used.</source>
        <translation>改用文件之前等待内存空出的时间。</translation>
    </message>
    <message>
        <source>Free part of the memory at which the use of files ends.</source>
        <translation>空闲内存达到此比例时停止使用文件。</translation>
    </message>
    <message>
        <source>Most bytes of event bodies in memory, by default 80 percent of the memory Flume may use.</source>
        <translation>内存中 Body 总字节数上限，默认为 Flume 可用内存的百分之 80。</translation>
    </message>
    <message>
        <source>Expected size of an event, by which the byte capacity is counted.</source>
        <translation>预计的事件大小，用于计算字节容量。</translation>
    </message>
    <message>
        <source>Keeps events in memory without real transactions, meant for tests of Flume itself.</source>
        <translation>把事件保存在内存中但没有真正的事务，供 Flume 自身测试使用。</translation>
    </message>
    <message>
        <source>for tests of Flume only</source>
        <translation>仅供 Flume 自身测试</translation>
    </message>
    <message>
        <source>Takes events and forgets them.</source>
        <translation>取出事件并丢弃。</translation>
    </message>
    <message>
        <source>Alias in any letter case, or the full class name of the sink.</source>
        <translation>Sink 的别名（不区分大小写）或完整类名。</translation>
    </message>
    <message>
        <source>The one channel from which this sink takes its events.</source>
        <translation>该 Sink 取事件的唯一 Channel。</translation>
    </message>
    <message>
        <source>Events that are taken from the channel in one transaction.</source>
        <translation>一个事务中从 Channel 取出的事件数。</translation>
    </message>
    <message>
        <source>Writes a line to the log each time this many events have passed.</source>
        <translation>每经过这么多事件就在日志中写一行。</translation>
    </message>
    <message>
        <source>Writes each event to the log of the agent, its body shortened.</source>
        <translation>把每个事件写入 Agent 的日志，Body 会被截短。</translation>
    </message>
    <message>
        <source>Bytes of the body that are shown, a setting that Flume 1.11 ignores.</source>
        <translation>显示的 Body 字节数，Flume 1.11 会忽略此设置。</translation>
    </message>
    <message>
        <source>Writes events to files of a local directory and begins a new file at set times.</source>
        <translation>把事件写入本地目录的文件，并按时间开始新文件。</translation>
    </message>
    <message>
        <source>Directory for the files, which must exist in Apache Flume.</source>
        <translation>存放文件的目录，在 Apache Flume 中必须已存在。</translation>
    </message>
    <message>
        <source>Time after which a new file is begun, where 0 keeps to one file.</source>
        <translation>经过此时间后开始新文件，0 表示一直使用同一个文件。</translation>
    </message>
    <message>
        <source>How an event is written to the file.</source>
        <translation>事件写入文件的方式。</translation>
    </message>
    <message>
        <source>Settings of the chosen serializer.</source>
        <translation>所选序列化器的设置。</translation>
    </message>
    <message>
        <source>How the files are named.</source>
        <translation>文件的命名方式。</translation>
    </message>
    <message>
        <source>Beginning of the names of the files.</source>
        <translation>文件名的开头。</translation>
    </message>
    <message>
        <source>Extension of the names of the files.</source>
        <translation>文件的扩展名。</translation>
    </message>
    <message>
        <source>Further settings of the chosen path manager.</source>
        <translation>所选路径管理器的其他设置。</translation>
    </message>
    <message>
        <source>Writes events to files in HDFS or another Hadoop file system, sorted into directories by time or header.</source>
        <translation>把事件写入 HDFS 或其他 Hadoop 文件系统的文件，按时间或 Header 分目录存放。</translation>
    </message>
    <message>
        <source>Directory in the file system, in which %{header} and time escapes such as %Y-%m-%d are replaced.</source>
        <translation>文件系统中的目录，其中的 %{header} 和 %Y-%m-%d 之类的时间转义会被替换。</translation>
    </message>
    <message>
        <source>Beginning of the file names, in which the same escapes are replaced.</source>
        <translation>文件名的开头，其中同样的转义会被替换。</translation>
    </message>
    <message>
        <source>Ending of the file names, dot included.</source>
        <translation>文件名的结尾，包括点号。</translation>
    </message>
    <message>
        <source>Beginning of the name of a file that is still written.</source>
        <translation>正在写入的文件名的开头。</translation>
    </message>
    <message>
        <source>Ending of the name of a file that is still written.</source>
        <translation>正在写入的文件名的结尾。</translation>
    </message>
    <message>
        <source>Gives files no special ending while they are written.</source>
        <translation>写入期间不给文件添加特殊结尾。</translation>
    </message>
    <message>
        <source>Age at which a file is closed, where 0 sets no limit.</source>
        <translation>文件存在多久后关闭，0 表示不限。</translation>
    </message>
    <message>
        <source>Size at which a file is closed, where 0 sets no limit.</source>
        <translation>文件达到多大时关闭，0 表示不限。</translation>
    </message>
    <message>
        <source>Events after which a file is closed, where 0 sets no limit.</source>
        <translation>写入多少事件后关闭文件，0 表示不限。</translation>
    </message>
    <message>
        <source>A file without events for this long is closed, where 0 sets no limit.</source>
        <translation>在此时间内没有事件的文件会被关闭，0 表示不限。</translation>
    </message>
    <message>
        <source>Events that are taken from the channel and flushed in one transaction.</source>
        <translation>一个事务中从 Channel 取出并刷写的事件数。</translation>
    </message>
    <message>
        <source>Compression of the files, such as gzip, bzip2, snappy or lz4.</source>
        <translation>文件的压缩方式，例如 gzip、bzip2、snappy 或 lz4。</translation>
    </message>
    <message>
        <source>Format of the files, where compression needs CompressedStream or SequenceFile.</source>
        <translation>文件的格式，压缩时须为 CompressedStream 或 SequenceFile。</translation>
    </message>
    <message>
        <source>How events are stored in a sequence file.</source>
        <translation>事件在顺序文件中的存储方式。</translation>
    </message>
    <message>
        <source>HTTP addresses of the NameNodes or of HttpFS, such as http://host:9870, separated by commas: over these Millrace writes to HDFS, while Apache Flume does not look at them.</source>
        <translation>NameNode 或 HttpFS 的 HTTP 地址，如 http://host:9870，以逗号分隔：Millrace 通过它们写入 HDFS，Apache Flume 不读取此属性。</translation>
    </message>
    <message>
        <source>Most files open at a time, above which the longest unused is closed.</source>
        <translation>同时打开的最大文件数，超出时关闭最久未用的文件。</translation>
    </message>
    <message>
        <source>Copies a block must have, below which the file is closed.</source>
        <translation>数据块必须具有的副本数，低于此数时关闭文件。</translation>
    </message>
    <message>
        <source>Threads for file operations.</source>
        <translation>执行文件操作的线程数。</translation>
    </message>
    <message>
        <source>Threads that close files by time.</source>
        <translation>按时间关闭文件的线程数。</translation>
    </message>
    <message>
        <source>Longest time for one file operation, where 0 waits for ever.</source>
        <translation>一次文件操作的最长时间，0 表示一直等待。</translation>
    </message>
    <message>
        <source>Rounds times in the path down.</source>
        <translation>把路径中的时间向下取整。</translation>
    </message>
    <message>
        <source>Times are rounded down to a multiple of this many units.</source>
        <translation>时间向下取整到这么多单位的整数倍。</translation>
    </message>
    <message>
        <source>Unit to which times are rounded.</source>
        <translation>时间取整的单位。</translation>
    </message>
    <message>
        <source>Time zone for the escapes in the path, by default that of the computer.</source>
        <translation>路径中转义所用的时区，默认为本机时区。</translation>
    </message>
    <message>
        <source>Takes the time for the path from the clock instead of the header timestamp.</source>
        <translation>路径中的时间取自时钟，而不是 Header timestamp。</translation>
    </message>
    <message>
        <source>Attempts to close a file, by default without limit.</source>
        <translation>尝试关闭文件的次数，默认不限。</translation>
    </message>
    <message>
        <source>Time between two attempts to close a file.</source>
        <translation>两次尝试关闭文件之间的时间。</translation>
    </message>
    <message>
        <source>Writes local files without checksum files.</source>
        <translation>写本地文件时不生成校验和文件。</translation>
    </message>
    <message>
        <source>Kerberos principal for the file system.</source>
        <translation>访问该文件系统的 Kerberos 主体。</translation>
    </message>
    <message>
        <source>User in whose name files are written.</source>
        <translation>以该用户的名义写入文件。</translation>
    </message>
    <message>
        <source>How an event is written to a file that is no sequence file.</source>
        <translation>事件写入非顺序文件的方式。</translation>
    </message>
    <message>
        <source>Sends the body of each event as a message to an IRC channel.</source>
        <translation>把每个事件的 Body 作为消息发送到 IRC 频道。</translation>
    </message>
    <message>
        <source>IRC server to connect to.</source>
        <translation>要连接的 IRC 服务器。</translation>
    </message>
    <message>
        <source>Port of the IRC server.</source>
        <translation>IRC 服务器的端口。</translation>
    </message>
    <message>
        <source>Nickname to use.</source>
        <translation>使用的昵称。</translation>
    </message>
    <message>
        <source>User name to use.</source>
        <translation>使用的用户名。</translation>
    </message>
    <message>
        <source>Password for the server.</source>
        <translation>服务器的密码。</translation>
    </message>
    <message>
        <source>Channel to join, without the leading number sign.</source>
        <translation>要加入的频道，不含开头的井号。</translation>
    </message>
    <message>
        <source>Real name to show.</source>
        <translation>显示的真实姓名。</translation>
    </message>
    <message>
        <source>Sends each line of a body as a message of its own.</source>
        <translation>把 Body 的每一行作为单独的消息发送。</translation>
    </message>
    <message>
        <source>Pattern at which a body is split into messages.</source>
        <translation>把 Body 拆分成消息的模式。</translation>
    </message>
    <message>
        <source>Sends events in batches over Avro RPC to the avro source of another agent.</source>
        <translation>通过 Avro RPC 把事件分批发送到另一个 Agent 的 avro Source。</translation>
    </message>
    <message>
        <source>Host of the avro source to send to.</source>
        <translation>要发送到的 avro Source 所在的主机。</translation>
    </message>
    <message>
        <source>Port of the avro source to send to.</source>
        <translation>要发送到的 avro Source 的端口。</translation>
    </message>
    <message>
        <source>Events that are taken from the channel and sent in one request.</source>
        <translation>从 Channel 取出并在一次请求中发送的事件数。</translation>
    </message>
    <message>
        <source>Longest time to establish a connection.</source>
        <translation>建立连接的最长时间。</translation>
    </message>
    <message>
        <source>Longest time to wait for the answer to a request.</source>
        <translation>等待请求应答的最长时间。</translation>
    </message>
    <message>
        <source>Age at which the connection is made anew, so that load balancers can spread it, where 0 keeps it.</source>
        <translation>连接存在多久后重新建立，以便负载均衡器分散连接，0 表示保持不变。</translation>
    </message>
    <message>
        <source>Compression of the stream, which must be the same at the receiving source.</source>
        <translation>数据流的压缩方式，必须与接收端的 Source 一致。</translation>
    </message>
    <message>
        <source>Effort of the compression, from 0 for none to 9 for the most.</source>
        <translation>压缩的力度，从 0（不压缩）到 9（最强）。</translation>
    </message>
    <message>
        <source>Client class of the Flume SDK that sends the events.</source>
        <translation>发送事件的 Flume SDK 客户端类。</translation>
    </message>
    <message>
        <source>Accepts any certificate of the next hop, which leaves the connection open to impostors.</source>
        <translation>接受下一跳的任何证书，这会让冒充者有机可乘。</translation>
    </message>
    <message>
        <source>Encrypts the connection to the next hop with TLS.</source>
        <translation>用 TLS 加密与下一跳的连接。</translation>
    </message>
    <message>
        <source>Java truststore with the certificates that the next hop may present.</source>
        <translation>保存下一跳可出示证书的 Java 信任库。</translation>
    </message>
    <message>
        <source>Password of the truststore, without which its integrity is not checked.</source>
        <translation>信任库的密码，缺少它时不检查信任库的完整性。</translation>
    </message>
    <message>
        <source>Format of the truststore file.</source>
        <translation>信任库文件的格式。</translation>
    </message>
    <message>
        <source>TLS protocol versions that are never used, in addition to SSLv3, separated by blanks.</source>
        <translation>除 SSLv3 外一律不使用的 TLS 协议版本，以空格分隔。</translation>
    </message>
    <message>
        <source>The only TLS protocol versions that may be used, separated by blanks.</source>
        <translation>仅可使用的 TLS 协议版本，以空格分隔。</translation>
    </message>
    <message>
        <source>Cipher suites that are never used, separated by blanks.</source>
        <translation>一律不使用的加密套件，以空格分隔。</translation>
    </message>
    <message>
        <source>The only cipher suites that may be used, separated by blanks.</source>
        <translation>仅可使用的加密套件，以空格分隔。</translation>
    </message>
    <message>
        <source>Sends events in batches over Thrift RPC to the thrift source of another agent.</source>
        <translation>通过 Thrift RPC 把事件分批发送到另一个 Agent 的 thrift Source。</translation>
    </message>
    <message>
        <source>Host of the thrift source to send to.</source>
        <translation>要发送到的 thrift Source 所在的主机。</translation>
    </message>
    <message>
        <source>Port of the thrift source to send to.</source>
        <translation>要发送到的 thrift Source 的端口。</translation>
    </message>
    <message>
        <source>Age at which the connection is made anew, where 0 keeps it.</source>
        <translation>连接存在多久后重新建立，0 表示保持不变。</translation>
    </message>
    <message>
        <source>Longest time to establish a connection, which Apache Flume never reads for this sink.</source>
        <translation>建立连接的最长时间，Apache Flume 从不为该 Sink 读取此项。</translation>
    </message>
    <message>
        <source>Thrift encoding, which must be the same at the receiving source.</source>
        <translation>Thrift 编码方式，必须与接收端的 Source 一致。</translation>
    </message>
    <message>
        <source>Authenticates by Kerberos.</source>
        <translation>用 Kerberos 认证。</translation>
    </message>
    <message>
        <source>Kerberos principal of the receiving agent.</source>
        <translation>接收端 Agent 的 Kerberos 主体。</translation>
    </message>
    <message>
        <source>Sends events to a topic of a Kafka cluster.</source>
        <translation>把事件发送到 Kafka 集群的主题。</translation>
    </message>
    <message>
        <source>Topic to write to, in which %{header} and time escapes are replaced.</source>
        <translation>要写入的主题，其中的 %{header} 和时间转义会被替换。</translation>
    </message>
    <message>
        <source>Events that are taken from the channel and sent in one transaction.</source>
        <translation>一个事务中从 Channel 取出并发送的事件数。</translation>
    </message>
    <message>
        <source>Replicas that must have an event before it counts as sent.</source>
        <translation>必须有这些副本收到事件，才算已发送。</translation>
    </message>
    <message>
        <source>Writes headers and body in Avro form instead of the body alone.</source>
        <translation>以 Avro 形式写入 Header 和 Body，而不只是 Body。</translation>
    </message>
    <message>
        <source>Lets a header of the event choose the topic.</source>
        <translation>允许由 Header 选择主题。</translation>
    </message>
    <message>
        <source>Name of the header that chooses the topic.</source>
        <translation>选择主题的 Header 名称。</translation>
    </message>
    <message>
        <source>Header that holds the time of the record in milliseconds.</source>
        <translation>以毫秒表示记录时间的 Header。</translation>
    </message>
    <message>
        <source>Name of the record header that takes the event header of this key.</source>
        <translation>接收该键对应 Header 的消息 Header 名称。</translation>
    </message>
    <message>
        <source>Old name of flumeBatchSize.</source>
        <translation>flumeBatchSize 的旧名称。</translation>
    </message>
    <message>
        <source>Old name of kafka.producer.acks.</source>
        <translation>kafka.producer.acks 的旧名称。</translation>
    </message>
    <message>
        <source>Sends the body of each event as an HTTP POST request.</source>
        <translation>把每个事件的 Body 作为 HTTP POST 请求发送。</translation>
    </message>
    <message>
        <source>Address to send requests to.</source>
        <translation>请求发送到的地址。</translation>
    </message>
    <message>
        <source>Longest time to wait for the answer.</source>
        <translation>等待应答的最长时间。</translation>
    </message>
    <message>
        <source>Content type of the requests.</source>
        <translation>请求的内容类型。</translation>
    </message>
    <message>
        <source>Content type that is accepted in answers.</source>
        <translation>应答中可接受的内容类型。</translation>
    </message>
    <message>
        <source>Pauses after an answer whose status has no rule of its own.</source>
        <translation>应答状态没有专门规则时，暂停一段时间。</translation>
    </message>
    <message>
        <source>Sends the event again after an answer whose status has no rule of its own.</source>
        <translation>应答状态没有专门规则时，重新发送该事件。</translation>
    </message>
    <message>
        <source>Counts the event as delivered after an answer whose status has no rule of its own.</source>
        <translation>应答状态没有专门规则时，把该事件计为已送达。</translation>
    </message>
    <message>
        <source>Pauses after an answer with this status, such as 503 or 5XX.</source>
        <translation>应答为此状态（例如 503 或 5XX）时，暂停一段时间。</translation>
    </message>
    <message>
        <source>Sends the event again after an answer with this status, so that 2XX should be false.</source>
        <translation>应答为此状态时重新发送该事件，因此 2XX 应设为 false。</translation>
    </message>
    <message>
        <source>Counts the event as delivered after an answer with this status.</source>
        <translation>应答为此状态时，把该事件计为已送达。</translation>
    </message>
    <message>
        <source>Writes events to a table of HBase 1.</source>
        <translation>把事件写入 HBase 1 的表。</translation>
    </message>
    <message>
        <source>Table to write to, which must exist.</source>
        <translation>要写入的表，必须已存在。</translation>
    </message>
    <message>
        <source>Column family to write to, which must exist.</source>
        <translation>要写入的列族，必须已存在。</translation>
    </message>
    <message>
        <source>ZooKeeper servers of the HBase cluster as host:port, all with the same port, separated by commas.</source>
        <translation>HBase 集群的 ZooKeeper 服务器，写成 host:port，端口须全部相同，以逗号分隔。</translation>
    </message>
    <message>
        <source>Root node of HBase in ZooKeeper.</source>
        <translation>HBase 在 ZooKeeper 中的根节点。</translation>
    </message>
    <message>
        <source>Adds up increments of the same cell within a batch.</source>
        <translation>合并同一批次中对同一单元格的增量。</translation>
    </message>
    <message>
        <source>Writes to the log of HBase first, without which a crash may lose rows.</source>
        <translation>先写入 HBase 的日志，否则崩溃时可能丢失行。</translation>
    </message>
    <message>
        <source>Class that turns an event into rows and increments.</source>
        <translation>把事件转换为行和增量的类。</translation>
    </message>
    <message>
        <source>Kerberos principal for HBase.</source>
        <translation>访问 HBase 的 Kerberos 主体。</translation>
    </message>
    <message>
        <source>Writes events to a table of HBase 1 without waiting for each row.</source>
        <translation>把事件写入 HBase 1 的表，不逐行等待。</translation>
    </message>
    <message>
        <source>Longest time to wait until a batch has been stored.</source>
        <translation>等待一个批次存储完成的最长时间。</translation>
    </message>
    <message>
        <source>Failures in a row after which the client is built anew.</source>
        <translation>连续失败达到此次数后重新建立客户端。</translation>
    </message>
    <message>
        <source>Settings of the asynchronous client.</source>
        <translation>异步客户端的设置。</translation>
    </message>
    <message>
        <source>Writes events to a table of HBase 2.</source>
        <translation>把事件写入 HBase 2 的表。</translation>
    </message>
    <message>
        <source>Passes events through a morphline, usually into Solr.</source>
        <translation>让事件经过 morphline 处理，通常写入 Solr。</translation>
    </message>
    <message>
        <source>A batch that is not full is finished after this time.</source>
        <translation>未满的批次在此时间后结束。</translation>
    </message>
    <message>
        <source>Java class that hands events to the morphline.</source>
        <translation>把事件交给 morphline 的 Java 类。</translation>
    </message>
    <message>
        <source>File with the morphline configuration.</source>
        <translation>包含 morphline 配置的文件。</translation>
    </message>
    <message>
        <source>Name of the morphline within the file.</source>
        <translation>该文件中 morphline 的名称。</translation>
    </message>
    <message>
        <source>Logs and skips records that fail for good, instead of trying again.</source>
        <translation>对彻底失败的记录只写日志并跳过，而不再重试。</translation>
    </message>
    <message>
        <source>Also skips records that might succeed later.</source>
        <translation>同时跳过以后可能成功的记录。</translation>
    </message>
    <message>
        <source>Variables that are handed to the morphline.</source>
        <translation>传给 morphline 的变量。</translation>
    </message>
    <message>
        <source>Java exceptions after which another attempt may succeed, separated by commas.</source>
        <translation>再次尝试可能成功的 Java 异常，以逗号分隔。</translation>
    </message>
    <message>
        <source>Passes events through a morphline that decides where they go.</source>
        <translation>让事件经过 morphline 处理，由它决定去向。</translation>
    </message>
    <message>
        <source>Streams events into a transactional table of Hive.</source>
        <translation>把事件流式写入 Hive 的事务表。</translation>
    </message>
    <message>
        <source>preview</source>
        <translation>预览版</translation>
    </message>
    <message>
        <source>Address of the Hive metastore, such as thrift://host:9083.</source>
        <translation>Hive 元数据存储的地址，例如 thrift://host:9083。</translation>
    </message>
    <message>
        <source>Database of the table, in which %{header} and time escapes are replaced.</source>
        <translation>表所在的数据库，其中的 %{header} 和时间转义会被替换。</translation>
    </message>
    <message>
        <source>Table to write to, in which %{header} and time escapes are replaced.</source>
        <translation>要写入的表，其中的 %{header} 和时间转义会被替换。</translation>
    </message>
    <message>
        <source>Values of the partition columns, separated by commas, in which escapes are replaced.</source>
        <translation>分区列的值，以逗号分隔，其中的转义会被替换。</translation>
    </message>
    <message>
        <source>Transactions that are asked of Hive at a time.</source>
        <translation>一次向 Hive 申请的事务数。</translation>
    </message>
    <message>
        <source>Time between two signs of life to Hive, where 0 sends none.</source>
        <translation>两次向 Hive 发送心跳之间的时间，0 表示不发送。</translation>
    </message>
    <message>
        <source>Creates partitions that are missing.</source>
        <translation>分区不存在时创建分区。</translation>
    </message>
    <message>
        <source>Most connections to Hive at a time.</source>
        <translation>同时与 Hive 建立的最大连接数。</translation>
    </message>
    <message>
        <source>Longest time for one call of Hive.</source>
        <translation>一次调用 Hive 的最长时间。</translation>
    </message>
    <message>
        <source>A connection without use for this long is closed, where 0 sets no limit.</source>
        <translation>在此时间内未使用的连接会被关闭，0 表示不限。</translation>
    </message>
    <message>
        <source>How the body of an event is read as a row.</source>
        <translation>把 Body 解析为一行数据的方式。</translation>
    </message>
    <message>
        <source>Separator of the fields in the body, in double quotes when it is a special character.</source>
        <translation>Body 中字段的分隔符，特殊字符须用双引号括起。</translation>
    </message>
    <message>
        <source>Columns of the fields in their order, separated by commas, where an empty name skips a field.</source>
        <translation>各字段依次对应的列，以逗号分隔，名称留空则跳过该字段。</translation>
    </message>
    <message>
        <source>Single character that separates fields inside Hive.</source>
        <translation>Hive 内部分隔字段的单个字符。</translation>
    </message>
    <message>
        <source>Rounds times in escapes down.</source>
        <translation>把转义中的时间向下取整。</translation>
    </message>
    <message>
        <source>Time zone for the escapes, by default that of the computer.</source>
        <translation>转义所用的时区，默认为本机时区。</translation>
    </message>
    <message>
        <source>Takes the time for escapes from the clock instead of the header timestamp.</source>
        <translation>转义中的时间取自时钟，而不是 Header timestamp。</translation>
    </message>
    <message>
        <source>Writes events as rows to a table of Kudu.</source>
        <translation>把事件作为行写入 Kudu 的表。</translation>
    </message>
    <message>
        <source>not part of the binary distribution</source>
        <translation>不包含在二进制发行版中</translation>
    </message>
    <message>
        <source>Kudu masters as host:port, separated by commas.</source>
        <translation>Kudu 主节点，写成 host:port，以逗号分隔。</translation>
    </message>
    <message>
        <source>Table to write to.</source>
        <translation>要写入的表。</translation>
    </message>
    <message>
        <source>Longest time for one operation of Kudu.</source>
        <translation>一次 Kudu 操作的最长时间。</translation>
    </message>
    <message>
        <source>Skips rows whose key exists already.</source>
        <translation>跳过键已存在的行。</translation>
    </message>
    <message>
        <source>Kerberos principal for Kudu.</source>
        <translation>访问 Kudu 的 Kerberos 主体。</translation>
    </message>
    <message>
        <source>User in whose name rows are written.</source>
        <translation>以该用户的名义写入行。</translation>
    </message>
    <message>
        <source>Class that turns an event into operations on the table.</source>
        <translation>把事件转换为表操作的类。</translation>
    </message>
    <message>
        <source>Settings of the chosen operations class.</source>
        <translation>所选操作类的设置。</translation>
    </message>
    <message>
        <source>removed in Flume 1.10</source>
        <translation>已在 Flume 1.10 中移除</translation>
    </message>
    <message>
        <source>Elasticsearch nodes as host:port, separated by commas.</source>
        <translation>Elasticsearch 节点，写成 host:port，以逗号分隔。</translation>
    </message>
    <message>
        <source>Beginning of the index name, to which the date is added.</source>
        <translation>索引名称的开头，其后会加上日期。</translation>
    </message>
    <message>
        <source>Document type of the entries.</source>
        <translation>条目的文档类型。</translation>
    </message>
    <message>
        <source>Name of the Elasticsearch cluster.</source>
        <translation>Elasticsearch 集群的名称。</translation>
    </message>
    <message>
        <source>Life time of an entry, such as 5d or 2h.</source>
        <translation>条目的存活时间，例如 5d 或 2h。</translation>
    </message>
    <message>
        <source>Protocol by which the cluster is reached.</source>
        <translation>访问集群所用的协议。</translation>
    </message>
    <message>
        <source>Settings of the client.</source>
        <translation>客户端的设置。</translation>
    </message>
    <message>
        <source>Class that turns an event into a document.</source>
        <translation>把事件转换为文档的类。</translation>
    </message>
    <message>
        <source>Class that makes the name of the index.</source>
        <translation>生成索引名称的类。</translation>
    </message>
    <message>
        <source>Date pattern of the index name, which the code never reads.</source>
        <translation>索引名称的日期模式，代码从不读取。</translation>
    </message>
    <message>
        <source>Time zone of the index name, which the code never reads.</source>
        <translation>索引名称的时区，代码从不读取。</translation>
    </message>
    <message>
        <source>Settings of the class that makes the name of the index.</source>
        <translation>生成索引名称的类的设置。</translation>
    </message>
    <message>
        <source>Wrote events to a Kite dataset and is no longer part of Flume.</source>
        <translation>曾把事件写入 Kite 数据集，已不再是 Flume 的一部分。</translation>
    </message>
    <message>
        <source>Address of the dataset to write to.</source>
        <translation>要写入的数据集的地址。</translation>
    </message>
    <message>
        <source>Old way to name the repository, replaced by kite.dataset.uri.</source>
        <translation>指定存储库的旧方式，已由 kite.dataset.uri 取代。</translation>
    </message>
    <message>
        <source>Old way to name the namespace, replaced by kite.dataset.uri.</source>
        <translation>指定命名空间的旧方式，已由 kite.dataset.uri 取代。</translation>
    </message>
    <message>
        <source>Old way to name the dataset, replaced by kite.dataset.uri.</source>
        <translation>指定数据集的旧方式，已由 kite.dataset.uri 取代。</translation>
    </message>
    <message>
        <source>Time after which a new file is begun.</source>
        <translation>经过此时间后开始新文件。</translation>
    </message>
    <message>
        <source>Flushes after each batch, a key that is really spelt this way.</source>
        <translation>每个批次后刷写，该键确实就是这样拼写的。</translation>
    </message>
    <message>
        <source>Forces data to the disk after each batch.</source>
        <translation>每个批次后强制把数据写入磁盘。</translation>
    </message>
    <message>
        <source>Format in which bodies are read.</source>
        <translation>读取 Body 所用的格式。</translation>
    </message>
    <message>
        <source>What happens to an event that cannot be written.</source>
        <translation>事件无法写入时的处理方式。</translation>
    </message>
    <message>
        <source>Dataset that takes the events that could not be written.</source>
        <translation>接收无法写入的事件的数据集。</translation>
    </message>
    <message>
        <source>Kerberos principal for the dataset.</source>
        <translation>访问数据集的 Kerberos 主体。</translation>
    </message>
    <message>
        <source>Puts the current time in milliseconds into a header.</source>
        <translation>把当前时间（毫秒）写入 Header。</translation>
    </message>
    <message>
        <source>Alias in any letter case, or the full class name of the builder of the interceptor.</source>
        <translation>拦截器的别名（不区分大小写）或其构建器的完整类名。</translation>
    </message>
    <message>
        <source>Name of the header for the time.</source>
        <translation>存放时间的 Header 名称。</translation>
    </message>
    <message>
        <source>Keeps a header of this name that the event has already.</source>
        <translation>事件已有同名 Header 时予以保留。</translation>
    </message>
    <message>
        <source>Puts the IP address or name of the agent's computer into a header.</source>
        <translation>把 Agent 所在计算机的 IP 地址或名称写入 Header。</translation>
    </message>
    <message>
        <source>Uses the IP address instead of the host name.</source>
        <translation>使用 IP 地址而不是主机名。</translation>
    </message>
    <message>
        <source>Name of the header for the host.</source>
        <translation>存放主机的 Header 名称。</translation>
    </message>
    <message>
        <source>Puts one header with a fixed value into every event.</source>
        <translation>为每个事件添加一个固定值的 Header。</translation>
    </message>
    <message>
        <source>Name of the header.</source>
        <translation>Header 的名称。</translation>
    </message>
    <message>
        <source>Value of the header.</source>
        <translation>Header 的值。</translation>
    </message>
    <message>
        <source>Keeps only events whose body matches a pattern, or only those that do not.</source>
        <translation>只保留 Body 与模式匹配的事件，或只保留不匹配的事件。</translation>
    </message>
    <message>
        <source>Pattern that is looked for anywhere in the body.</source>
        <translation>在 Body 任意位置查找的模式。</translation>
    </message>
    <message>
        <source>Drops the events that match instead of the others.</source>
        <translation>丢弃匹配的事件，而不是其他事件。</translation>
    </message>
    <message>
        <source>Copies what the groups of a pattern find in the body into headers.</source>
        <translation>把模式各组在 Body 中找到的内容复制到 Header。</translation>
    </message>
    <message>
        <source>Pattern that is looked for in the body, with a group for each header.</source>
        <translation>在 Body 中查找的模式，每个组对应一个 Header。</translation>
    </message>
    <message>
        <source>Names of the group settings below, in the order of the groups, separated by blanks.</source>
        <translation>下面各组设置的名称，按组的顺序排列，以空格分隔。</translation>
    </message>
    <message>
        <source>Class that changes the found text, where the built-in one is written DEFAULT in capitals.</source>
        <translation>转换所找到文本的类，内置的类须用大写写成 DEFAULT。</translation>
    </message>
    <message>
        <source>Name of the header for this group.</source>
        <translation>该组对应的 Header 名称。</translation>
    </message>
    <message>
        <source>Joda time pattern by which the millisecond serializer reads the found text.</source>
        <translation>毫秒序列化器解析所找到文本的 Joda 时间模式。</translation>
    </message>
    <message>
        <source>Further settings of an own serializer.</source>
        <translation>自定义序列化器的其他设置。</translation>
    </message>
    <message>
        <source>Replaces every match of a pattern in the body.</source>
        <translation>替换 Body 中与模式匹配的所有内容。</translation>
    </message>
    <message>
        <source>Pattern to look for in the body.</source>
        <translation>在 Body 中查找的模式。</translation>
    </message>
    <message>
        <source>Text that replaces each match, where $1 stands for the first group.</source>
        <translation>替换每处匹配内容的文本，$1 代表第一个组。</translation>
    </message>
    <message>
        <source>Character set of the body.</source>
        <translation>Body 的字符集。</translation>
    </message>
    <message>
        <source>Removes headers by name, list or pattern.</source>
        <translation>按名称、列表或模式删除 Header。</translation>
    </message>
    <message>
        <source>Name of one header to remove.</source>
        <translation>要删除的一个 Header 的名称。</translation>
    </message>
    <message>
        <source>Names of headers to remove.</source>
        <translation>要删除的多个 Header 的名称。</translation>
    </message>
    <message>
        <source>Pattern that separates the names in the list.</source>
        <translation>列表中分隔各名称的模式。</translation>
    </message>
    <message>
        <source>Removes every header whose whole name matches this pattern.</source>
        <translation>删除整个名称与此模式匹配的所有 Header。</translation>
    </message>
    <message>
        <source>Puts a random unique identifier into a header.</source>
        <translation>把随机的唯一标识写入 Header。</translation>
    </message>
    <message>
        <source>Name of the header for the identifier.</source>
        <translation>存放标识的 Header 名称。</translation>
    </message>
    <message>
        <source>Text in front of the identifier.</source>
        <translation>标识前面的文本。</translation>
    </message>
    <message>
        <source>Passes each event through a morphline, which may change or drop it.</source>
        <translation>让每个事件经过 morphline 处理，可能被修改或丢弃。</translation>
    </message>
    <message>
        <source>Sends every event to all channels of the source.</source>
        <translation>把每个事件发送到 Source 的所有 Channel。</translation>
    </message>
    <message>
        <source>Alias in any letter case, or the full class name of the selector.</source>
        <translation>选择器的别名（不区分大小写）或完整类名。</translation>
    </message>
    <message>
        <source>Channels whose failures are ignored, separated by blanks.</source>
        <translation>忽略其失败的 Channel，以空格分隔。</translation>
    </message>
    <message>
        <source>Sends each event to the channels that belong to the value of a header.</source>
        <translation>根据某个 Header 的值，把事件发送到对应的 Channel。</translation>
    </message>
    <message>
        <source>Name of the header that decides.</source>
        <translation>起决定作用的 Header 名称。</translation>
    </message>
    <message>
        <source>Channels for events whose header is missing or has another value, without which those events vanish.</source>
        <translation>Header 缺失或为其他值的事件所进入的 Channel，没有它时这些事件会消失。</translation>
    </message>
    <message>
        <source>Channels for events whose header has this value, separated by single blanks.</source>
        <translation>Header 为此值的事件所进入的 Channel，以单个空格分隔。</translation>
    </message>
    <message>
        <source>Channels for this value whose failures are ignored, separated by single blanks.</source>
        <translation>对应此值且忽略其失败的 Channel，以单个空格分隔。</translation>
    </message>
    <message>
        <source>Sends each event to one of the channels in turn.</source>
        <translation>把事件轮流发送到各 Channel 之一。</translation>
    </message>
    <message>
        <source>no configuration file can enable it in Flume 1.10 and 1.11</source>
        <translation>在 Flume 1.10 和 1.11 中无法通过配置文件启用</translation>
    </message>
    <message>
        <source>How the next channel is chosen.</source>
        <translation>选择下一个 Channel 的方式。</translation>
    </message>
    <message>
        <source>Drives the single sink of a group.</source>
        <translation>驱动组中唯一的 Sink。</translation>
    </message>
    <message>
        <source>Tells how the sinks of the group share the work.</source>
        <translation>说明组中各 Sink 如何分担工作。</translation>
    </message>
    <message>
        <source>Uses the sink with the highest priority and turns to the next one when it fails.</source>
        <translation>使用优先级最高的 Sink，失败时改用下一个。</translation>
    </message>
    <message>
        <source>Priority of this sink, where the larger number is preferred.</source>
        <translation>该 Sink 的优先级，数字越大越优先。</translation>
    </message>
    <message>
        <source>Longest time that a failed sink is left alone.</source>
        <translation>失败的 Sink 被搁置的最长时间。</translation>
    </message>
    <message>
        <source>Spreads the work over all sinks of the group.</source>
        <translation>把工作分散到组中的所有 Sink。</translation>
    </message>
    <message>
        <source>How the next sink is chosen.</source>
        <translation>选择下一个 Sink 的方式。</translation>
    </message>
    <message>
        <source>Leaves a failed sink alone for a while, longer each time.</source>
        <translation>把失败的 Sink 搁置一段时间，每次更长。</translation>
    </message>
    <message>
        <source>Settings of an own selector class.</source>
        <translation>自定义选择器类的设置。</translation>
    </message>
    <message>
        <source>Writes the body of the event, followed by a line end.</source>
        <translation>写入 Body，后跟一个行尾。</translation>
    </message>
    <message>
        <source>Writes a line end after each event.</source>
        <translation>在每个事件后写入行尾。</translation>
    </message>
    <message>
        <source>Writes the headers of the event as text, then a blank, the body and a line end.</source>
        <translation>以文本写入 Header，然后是空格、Body 和行尾。</translation>
    </message>
    <message>
        <source>Writes an Avro file whose records hold headers and body.</source>
        <translation>写入 Avro 文件，其记录包含 Header 和 Body。</translation>
    </message>
    <message>
        <source>Size at which a block of the Avro file is ended.</source>
        <translation>Avro 文件中一个数据块达到此大小时结束。</translation>
    </message>
    <message>
        <source>Compression of the blocks of the Avro file.</source>
        <translation>Avro 文件数据块的压缩方式。</translation>
    </message>
    <message>
        <source>Writes an Avro file whose records are the bodies, which must be Avro data already.</source>
        <translation>写入 Avro 文件，其记录就是 Body，Body 必须已是 Avro 数据。</translation>
    </message>
    <message>
        <source>Address of the schema for events that name none in a header.</source>
        <translation>事件未在 Header 中指定模式（schema）时所用的模式地址。</translation>
    </message>
    <message>
        <source>Stores the body as bytes in a sequence file, with the time as key.</source>
        <translation>把 Body 以字节形式存入顺序文件，以时间为键。</translation>
    </message>
    <message>
        <source>Stores the body as text in a sequence file, with the time as key.</source>
        <translation>把 Body 以文本形式存入顺序文件，以时间为键。</translation>
    </message>
    <message>
        <source>Stores each body in a row of its own and counts the events.</source>
        <translation>把每个 Body 存入单独的一行，并统计事件数。</translation>
    </message>
    <message>
        <source>Beginning of each row key.</source>
        <translation>每个行键的开头。</translation>
    </message>
    <message>
        <source>Row whose counter is raised by each event.</source>
        <translation>每个事件使其计数器加一的行。</translation>
    </message>
    <message>
        <source>How the rest of the row key is made.</source>
        <translation>行键其余部分的生成方式。</translation>
    </message>
    <message>
        <source>Column that takes the body, where nothing stores no body.</source>
        <translation>存放 Body 的列，留空则不存储 Body。</translation>
    </message>
    <message>
        <source>Column of the counter, where nothing counts nothing.</source>
        <translation>计数器所在的列，留空则不计数。</translation>
    </message>
    <message>
        <source>Stores the groups of a pattern in columns of a row.</source>
        <translation>把模式各组的内容存入一行的各列。</translation>
    </message>
    <message>
        <source>Pattern that the whole body must match, with a group for each column.</source>
        <translation>整个 Body 必须匹配的模式，每个组对应一列。</translation>
    </message>
    <message>
        <source>Treats capitals and small letters alike.</source>
        <translation>不区分大小写。</translation>
    </message>
    <message>
        <source>Columns of the groups in their order, separated by commas.</source>
        <translation>各组依次对应的列，以逗号分隔。</translation>
    </message>
    <message>
        <source>Place of the group that holds the row key, from 0, where -1 makes a key.</source>
        <translation>存放行键的组的位置，从 0 开始，-1 表示自动生成行键。</translation>
    </message>
    <message>
        <source>Stores the headers of the event as columns too.</source>
        <translation>同时把 Header 作为列存储。</translation>
    </message>
    <message>
        <source>Stores each body in a row of its own without waiting and counts the events.</source>
        <translation>把每个 Body 存入单独的一行而不等待，并统计事件数。</translation>
    </message>
    <message>
        <source>Reads the body as fields between separators and stores them in columns.</source>
        <translation>把 Body 按分隔符读作字段，并存入各列。</translation>
    </message>
    <message>
        <source>Reads the body as a JSON object and stores its members in columns.</source>
        <translation>把 Body 读作 JSON 对象，并把其成员存入各列。</translation>
    </message>
    <message>
        <source>Inserts a row with the body in one column.</source>
        <translation>插入一行，Body 存入其中一列。</translation>
    </message>
    <message>
        <source>Column that takes the body.</source>
        <translation>存放 Body 的列。</translation>
    </message>
    <message>
        <source>Writes a row whose key comes from a header and whose value is the body.</source>
        <translation>写入一行，其键取自 Header，其值为 Body。</translation>
    </message>
    <message>
        <source>Column of the key and name of the header that holds it.</source>
        <translation>键所在的列，同时也是存放该键的 Header 名称。</translation>
    </message>
    <message>
        <source>Replaces rows whose key exists already, or refuses them.</source>
        <translation>替换键已存在的行，或拒绝它们。</translation>
    </message>
    <message>
        <source>Writes the named groups of a pattern to columns of the same names.</source>
        <translation>把模式中命名组的内容写入同名的列。</translation>
    </message>
    <message>
        <source>Pattern with a named group for each column.</source>
        <translation>每列对应一个命名组的模式。</translation>
    </message>
    <message>
        <source>What happens when a group has no column.</source>
        <translation>某个组没有对应的列时的处理方式。</translation>
    </message>
    <message>
        <source>What happens when a text does not fit its column.</source>
        <translation>文本不符合列类型时的处理方式。</translation>
    </message>
    <message>
        <source>What happens to an event that does not match.</source>
        <translation>事件不匹配时的处理方式。</translation>
    </message>
    <message>
        <source>Old switch for missingColumnPolicy.</source>
        <translation>missingColumnPolicy 的旧开关。</translation>
    </message>
    <message>
        <source>Old switch for badColumnValuePolicy.</source>
        <translation>badColumnValuePolicy 的旧开关。</translation>
    </message>
    <message>
        <source>Old switch for unmatchedRowPolicy.</source>
        <translation>unmatchedRowPolicy 的旧开关。</translation>
    </message>
    <message>
        <source>Writes the fields of an Avro body to columns of the same names.</source>
        <translation>把 Avro Body 的字段写入同名的列。</translation>
    </message>
    <message>
        <source>Made documents as Logstash makes them and is no longer part of Flume.</source>
        <translation>曾按 Logstash 的方式生成文档，已不再是 Flume 的一部分。</translation>
    </message>
    <message>
        <source>Made documents with body and headers as fields and is no longer part of Flume.</source>
        <translation>曾生成以 Body 和 Header 为字段的文档，已不再是 Flume 的一部分。</translation>
    </message>
    <message>
        <source>Makes an event of each line of a file.</source>
        <translation>把文件的每一行变成一个事件。</translation>
    </message>
    <message>
        <source>Longest line, above which the rest becomes further events.</source>
        <translation>最长的行，超出部分成为后续事件。</translation>
    </message>
    <message>
        <source>Character set in which bodies are written.</source>
        <translation>写入 Body 所用的字符集。</translation>
    </message>
    <message>
        <source>Makes an event of each record of an Avro file.</source>
        <translation>把 Avro 文件的每条记录变成一个事件。</translation>
    </message>
    <message>
        <source>Which header carries the schema, as a hash or in full.</source>
        <translation>哪个 Header 携带模式（schema），以散列值还是完整形式。</translation>
    </message>
    <message>
        <source>Makes one event of a whole file.</source>
        <translation>把整个文件变成一个事件。</translation>
    </message>
    <message>
        <source>Longest body, above which the rest becomes further events.</source>
        <translation>最长的 Body，超出部分成为后续事件。</translation>
    </message>
    <message>
        <source>Reads a JSON array of events with headers and body.</source>
        <translation>读取由事件组成的 JSON 数组，每个事件包含 Header 和 Body。</translation>
    </message>
    <message>
        <source>Makes one event of a whole request, with its parameters as headers.</source>
        <translation>把整个请求变成一个事件，请求参数成为 Header。</translation>
    </message>
    <message>
        <source>Parameters each request must have, separated by commas, which has to be set for the handler to work.</source>
        <translation>每个请求必须带有的参数，以逗号分隔，必须设置，否则该处理器无法工作。</translation>
    </message>
    <message>
        <source>Longest body that is kept.</source>
        <translation>保留的最长 Body。</translation>
    </message>
    <message>
        <source>Fills in values from environment variables.</source>
        <translation>用环境变量填充配置值。</translation>
    </message>
    <message>
        <source>Alias in any letter case, or the full class name of the config filter.</source>
        <translation>配置过滤器的别名（不区分大小写）或完整类名。</translation>
    </message>
    <message>
        <source>Fills in values from the output of a command.</source>
        <translation>用命令的输出填充配置值。</translation>
    </message>
    <message>
        <source>Command to run with the key as its last argument, split at blanks.</source>
        <translation>要运行的命令，以键作为最后一个参数，按空格拆分。</translation>
    </message>
    <message>
        <source>Character set of its output.</source>
        <translation>命令输出的字符集。</translation>
    </message>
    <message>
        <source>Fills in values from a Hadoop credential store.</source>
        <translation>用 Hadoop 凭据存储填充配置值。</translation>
    </message>
    <message>
        <source>Address of the credential store.</source>
        <translation>凭据存储的地址。</translation>
    </message>
    <message>
        <source>File on the class path that holds the password of the store.</source>
        <translation>类路径上保存该存储密码的文件。</translation>
    </message>
    <message>
        <source>Names files by the start of the sink and a number.</source>
        <translation>以 Sink 的启动时间加编号命名文件。</translation>
    </message>
    <message>
        <source>Names files by the time they were begun and a number.</source>
        <translation>以文件的开始时间加编号命名文件。</translation>
    </message>
    <message>
        <source>Takes encryption keys from a Java keystore.</source>
        <translation>从 Java 密钥库获取加密密钥。</translation>
    </message>
    <message>
        <source>Encrypts events of the file channel with AES in counter mode.</source>
        <translation>用计数器模式的 AES 加密文件 Channel 的事件。</translation>
    </message>
    <message>
        <source>Serves the counters of all components as JSON.</source>
        <translation>以 JSON 提供所有组件的计数。</translation>
    </message>
    <message>
        <source>Sends the counters of all components to Ganglia.</source>
        <translation>把所有组件的计数发送到 Ganglia。</translation>
    </message>
    <message>
        <source>Ganglia servers as host:port, separated by commas.</source>
        <translation>Ganglia 服务器，写成 host:port，以逗号分隔。</translation>
    </message>
    <message>
        <source>Time between two reports.</source>
        <translation>两次报告之间的时间。</translation>
    </message>
    <message>
        <source>Uses the message format of Ganglia 3.0.</source>
        <translation>使用 Ganglia 3.0 的消息格式。</translation>
    </message>
    <message>
        <source>Sends events to one avro source.</source>
        <translation>把事件发送到一个 avro Source。</translation>
    </message>
    <message>
        <source>Names of the servers given below, separated by blanks.</source>
        <translation>下面给出的各服务器的名称，以空格分隔。</translation>
    </message>
    <message>
        <source>Address of this server as host:port.</source>
        <translation>该服务器的地址，写成 host:port。</translation>
    </message>
    <message>
        <source>Most events in one request.</source>
        <translation>一次请求中的最大事件数。</translation>
    </message>
    <message>
        <source>Sends events to the first of several avro sources that answers.</source>
        <translation>把事件发送到多个 avro Source 中最先应答的一个。</translation>
    </message>
    <message>
        <source>Attempts for one batch, by default one for each server.</source>
        <translation>一个批次的尝试次数，默认每个服务器一次。</translation>
    </message>
    <message>
        <source>Spreads events over several avro sources.</source>
        <translation>把事件分散到多个 avro Source。</translation>
    </message>
    <message>
        <source>How the next server is chosen.</source>
        <translation>选择下一个服务器的方式。</translation>
    </message>
    <message>
        <source>Leaves a failed server alone for a while, longer each time.</source>
        <translation>把失败的服务器搁置一段时间，每次更长。</translation>
    </message>
    <message>
        <source>Longest time that a failed server is left alone.</source>
        <translation>失败的服务器被搁置的最长时间。</translation>
    </message>
    <message>
        <source>Sends events to one thrift source.</source>
        <translation>把事件发送到一个 thrift Source。</translation>
    </message>
    <message>
        <source>Most connections at a time.</source>
        <translation>同时建立的最大连接数。</translation>
    </message>
    <message>
        <source>A Kafka cluster, run by this program or elsewhere.</source>
        <translation>Kafka 集群，由本程序运行或在别处运行。</translation>
    </message>
    <message>
        <source>An embedded cluster is a broker that this program runs, an external one is only connected to.</source>
        <translation>内嵌集群是由本程序运行的 Broker，外部集群只与其建立连接。</translation>
    </message>
    <message>
        <source>Address on which an embedded cluster accepts clients, as host:port.</source>
        <translation>内嵌集群接受客户端的地址，写成 host:port。</translation>
    </message>
    <message>
        <source>Brokers of an external cluster to ask first, as host:port, separated by commas.</source>
        <translation>外部集群中首先联系的 Broker，写成 host:port，以逗号分隔。</translation>
    </message>
    <message>
        <source>Connection profile that holds user, password and certificates for an external cluster.</source>
        <translation>保存外部集群的用户、密码和证书的连接配置。</translation>
    </message>
    <message>
        <source>Any setting of the broker of an embedded cluster, under the name that Kafka gives it.</source>
        <translation>内嵌集群的 Broker 的任意设置，使用 Kafka 的名称。</translation>
    </message>
    <message>
        <source>A Kafka topic that is made before the run when it does not exist.</source>
        <translation>Kafka 主题，不存在时会在运行前创建。</translation>
    </message>
    <message>
        <source>Cluster that holds the topic.</source>
        <translation>主题所在的集群。</translation>
    </message>
    <message>
        <source>Name of the topic in Kafka, by default its name in this document.</source>
        <translation>主题在 Kafka 中的名称，默认为它在本文档中的名称。</translation>
    </message>
    <message>
        <source>Parts of the topic that consumers of a group share, a number that can only grow.</source>
        <translation>同一消费组的消费者所分担的分区数，只能增加。</translation>
    </message>
    <message>
        <source>Size of each partition above which its oldest records are deleted, where -1 sets no limit.</source>
        <translation>每个分区的大小上限，超出时删除最旧的消息，-1 表示不限。</translation>
    </message>
    <message>
        <source>Age above which records are deleted, where -1 sets no limit.</source>
        <translation>消息的保留时间，超出时删除，-1 表示不限。</translation>
    </message>
    <message>
        <source>Deletes old records, or keeps the newest record of each key.</source>
        <translation>删除旧消息，或为每个键保留最新的消息。</translation>
    </message>
    <message>
        <source>Largest batch of records that the topic accepts.</source>
        <translation>主题可接受的最大消息批次。</translation>
    </message>
    <message>
        <source>Size at which a new file of the partition is begun, which is also the step in which records are deleted.</source>
        <translation>达到此大小时为分区开始新文件，消息也以此为单位删除。</translation>
    </message>
    <message>
        <source>Age at which a new file of the partition is begun.</source>
        <translation>达到此时间后为分区开始新文件。</translation>
    </message>
    <message>
        <source>Compression of stored records, where producer keeps what was sent.</source>
        <translation>所存消息的压缩方式，producer 表示保持发送时的方式。</translation>
    </message>
    <message>
        <source>Keeps the time that the producer gave a record, or stores the time of its arrival.</source>
        <translation>保留生产者给消息的时间，或存储消息到达的时间。</translation>
    </message>
    <message>
        <source>Replicas that must have a record before it counts as stored for producers that wait for all.</source>
        <translation>对等待全部副本的生产者而言，必须有这么多副本收到消息才算已保存。</translation>
    </message>
    <message>
        <source>Time for which the mark of a deleted key is kept in a compacted topic.</source>
        <translation>Compact 主题中已删除键的标记所保留的时间。</translation>
    </message>
    <message>
        <source>Age that a record must have before compaction may remove it.</source>
        <translation>消息达到此时间后才可被 Compact 移除。</translation>
    </message>
    <message>
        <source>Part of a partition, from 0 to 1, that must be new before it is compacted again.</source>
        <translation>分区中新内容达到此比例（0 到 1）后才再次 Compact。</translation>
    </message>
    <message>
        <source>Largest size of the index of one file of the partition.</source>
        <translation>分区中一个文件的索引的最大大小。</translation>
    </message>
    <message>
        <source>Amount of records between two entries of the index.</source>
        <translation>索引中两个条目之间的消息量。</translation>
    </message>
    <message>
        <source>Any other setting of the topic, under the name that Kafka gives it.</source>
        <translation>主题的任意其他设置，使用 Kafka 中的名称。</translation>
    </message>
    <message>
        <source>Another computer on which agents can run.</source>
        <translation>可以运行 Agent 的另一台计算机。</translation>
    </message>
    <message>
        <source>Name of the computer as the ssh command takes it, such as user@server.</source>
        <translation>ssh 命令所用的计算机名称，例如 user@server。</translation>
    </message>
    <message>
        <source>A Flume agent, which holds sources, channels and sinks.</source>
        <translation>Flume Agent，包含 Source（数据源）、Channel（通道）和 Sink。</translation>
    </message>
    <message>
        <source>Host on which the agent runs, by default this computer.</source>
        <translation>运行该 Agent 的主机，默认为本机。</translation>
    </message>
    <message>
        <source>Makes realistic input at a steady rate where there is none yet.</source>
        <translation>在尚无输入时，以稳定的速率产生逼真的输入。</translation>
    </message>
    <message>
        <source>Makes lines of a web access log, or orders as JSON.</source>
        <translation>产生网站访问日志的行，或 JSON 形式的订单。</translation>
    </message>
    <message>
        <source>Events that are made each second.</source>
        <translation>每秒产生的事件数。</translation>
    </message>
    <message>
        <source>Events that are made each second while a burst lasts, by default ten times the rate.</source>
        <translation>突发期间每秒产生的事件数，默认为速率的十倍。</translation>
    </message>
    <message>
        <source>File to which the events are appended, one per line.</source>
        <translation>事件追加到的文件，每行一个。</translation>
    </message>
    <message>
        <source>TCP port to which the events are sent, one per line, as host:port.</source>
        <translation>事件发送到的 TCP 端口，每行一个，写成 host:port。</translation>
    </message>
    <message>
        <source>Topic of this document to which the events are sent.</source>
        <translation>事件发送到的本文档中的主题。</translation>
    </message>
    <message>
        <source>A text on the drawing that nothing depends on.</source>
        <translation>图上的一段文字，不影响任何组件。</translation>
    </message>
    <message>
        <source>Text of the note, which may have several lines.</source>
        <translation>便签的文字，可以有多行。</translation>
    </message>
    <message>
        <source>How messages are written: json is one object a line, frames have a length in front.</source>
        <translation>消息的写法：json 为每行一个对象，frames 在前面带有长度。</translation>
    </message>
    <message>
        <source>Pause before a command that has ended is started again, doubled for each further try up to a minute.</source>
        <translation>命令结束后重新启动前的停顿，每次重试加倍，最长一分钟。</translation>
    </message>
    <message>
        <source>Longest time for the command to end after its input has ended, before it is killed.</source>
        <translation>输入结束后等待命令结束的最长时间，超过则将其终止。</translation>
    </message>
    <message>
        <source>Longest time without an answer that is due, after which the command is killed and started again; for all answers to a batch ten times as long.</source>
        <translation>等待命令下一个应答的最长时间，超过则将命令终止并重新启动；一个批次的全部应答最多可用十倍的时间。</translation>
    </message>
    <message>
        <source>Events that are put into the channels in one transaction at most.</source>
        <translation>一个事务中最多放入 Channel 的事件数。</translation>
    </message>
    <message>
        <source>Takes the events that a program of yours writes to its standard output, and tells it which are safe.</source>
        <translation>读取您的程序写到标准输出的事件，并告知哪些已安全保存。</translation>
    </message>
    <message>
        <source>part of Millrace, not of Apache Flume</source>
        <translation>属于 Millrace，不属于 Apache Flume</translation>
    </message>
    <message>
        <source>Events that are taken from the channel in one transaction and acknowledged together.</source>
        <translation>在一个事务中从 Channel 取出并一起确认的事件数。</translation>
    </message>
    <message>
        <source>Writes events to the standard input of a program of yours, which acknowledges each batch.</source>
        <translation>把事件写到您的程序的标准输入，由它确认每个批次。</translation>
    </message>
    <message>
        <source>Has a program of yours change or drop each event.</source>
        <translation>让您的程序修改或丢弃每个事件。</translation>
    </message>
    <message>
        <source>Indexes events in Elasticsearch or OpenSearch over HTTP, as Flume did until version 1.9.</source>
        <translation>通过 HTTP 把事件写入 Elasticsearch 或 OpenSearch 的索引，与 1.9 及之前的 Flume 相同。</translation>
    </message>
    <message>
        <source>Address of the collection or core.</source>
        <translation>集合（collection）或核心（core）的地址。</translation>
    </message>
    <message>
        <source>Events that are taken from the channel in one transaction and sent in one request.</source>
        <translation>在一个事务中从 Channel 取出并在一个请求中发送的事件数。</translation>
    </message>
    <message>
        <source>What a body is: text goes into one field, the members of a JSON object become fields.</source>
        <translation>Body 的含义：text 放入一个字段，JSON 对象的成员成为各个字段。</translation>
    </message>
    <message>
        <source>Field for a body of text.</source>
        <translation>存放文本 Body 的字段。</translation>
    </message>
    <message>
        <source>Field of the unique key, filled from the JSON body or the header of this name, else with a random UUID.</source>
        <translation>唯一键字段，取自 JSON 形式的 Body 或同名 Header，否则填入随机 UUID。</translation>
    </message>
    <message>
        <source>Headers that become fields of the same name, separated by blanks, where * means all.</source>
        <translation>成为同名字段的 Header，以空格分隔，* 表示全部。</translation>
    </message>
    <message>
        <source>Time after which documents can be found, where 0 leaves it to the server.</source>
        <translation>文档在多长时间后可被检索，0 表示由服务器决定。</translation>
    </message>
    <message>
        <source>Adds events to Apache Solr as documents, where Flume's sink needs a morphline, which only Java runs.</source>
        <translation>把事件作为文档加入 Apache Solr；Flume 自己的 Sink 需要 morphline，只有 Java 能运行。</translation>
    </message>
    <message>
        <source>Address of HBase's REST gateway, which Millrace writes to and Apache Flume does not look at.</source>
        <translation>HBase REST 网关的地址，Millrace 通过它写入，Apache Flume 不读取此项。</translation>
    </message>
</context>
<context>
    <name>diagnostics</name>
    <message>
        <source>above-maximum</source>
        <translation>属性 %1 为 %2，但最多只能是 %3：请调小。</translation>
    </message>
    <message>
        <source>above-maximum-default</source>
        <translation>属性 %1 为 %2，但最多只能是 %3，因此 Flume 改用 %4：请调小。</translation>
    </message>
    <message>
        <source>above-maximum-refused</source>
        <translation>属性 %1 为 %2，但 Flume 在此处拒绝大于 %3 的值：请调小。</translation>
    </message>
    <message>
        <source>avro-codec-flume-only</source>
        <translation>Apache Flume 可以写 %1 中的编解码器“%2”，但此版本的 Millrace 不能，因此不会运行此组件：请选择 deflate、snappy 或 zstandard。</translation>
    </message>
    <message>
        <source>avro-filter-rule-malformed</source>
        <translation>%1 中的“%2”不是过滤规则，Flume 会拒绝该 Source：请依次写 allow 或 deny、ip 或 name 以及模式，以冒号分隔。</translation>
    </message>
    <message>
        <source>avro-filter-rules-missing</source>
        <translation>已启用 ipFilter，但缺少 %1，Flume 会拒绝该 Source：请添加规则或关闭 ipFilter。</translation>
    </message>
    <message>
        <source>below-minimum</source>
        <translation>属性 %1 为 %2，但至少应为 %3：请调大。</translation>
    </message>
    <message>
        <source>below-minimum-default</source>
        <translation>属性 %1 为 %2，但至少应为 %3，因此 Flume 改用 %4：请调大。</translation>
    </message>
    <message>
        <source>below-minimum-refused</source>
        <translation>属性 %1 为 %2，但 Flume 在此处拒绝小于 %3 的值：请调大。</translation>
    </message>
    <message>
        <source>blob-handler-without-parameters</source>
        <translation>除非 %1 至少指定一个参数，否则处理器对每个请求都返回错误：请设置 %1。</translation>
    </message>
    <message>
        <source>charset-java-only</source>
        <translation>%1 中的字符集“%2”Apache Flume 可以读取，但此版本的 Millrace 不能，因此不会运行此组件：请改用其他字符集，例如 UTF-8。</translation>
    </message>
    <message>
        <source>checkpoint-backup-missing</source>
        <translation>已启用双检查点，但缺少 %1，Flume 会拒绝该 Channel：请设置 %1 或关闭 useDualCheckpoints。</translation>
    </message>
    <message>
        <source>checkpoint-backup-same</source>
        <translation>%1 与 checkpointDir 是同一目录，Flume 会拒绝该 Channel：请选择其他目录。</translation>
    </message>
    <message>
        <source>class-not-in-flume</source>
        <translation>Flume 1.11 不自带 %1 中的类“%2”，它必须能从别处加载：请检查名称及其大小写。</translation>
    </message>
    <message>
        <source>class-not-in-flume-refused</source>
        <translation>Flume 1.11 不自带 %1 中的类“%2”，如果不能从别处加载，Flume 会拒绝此组件：请检查名称及其大小写。</translation>
    </message>
    <message>
        <source>deprecated-property</source>
        <translation>属性 %1 已过时：请改用 %2。</translation>
    </message>
    <message>
        <source>deprecated-property-plain</source>
        <translation>属性 %1 已过时：更新版本的 Flume 不再识别它。</translation>
    </message>
    <message>
        <source>durable-subscription-incomplete</source>
        <translation>持久订阅需要主题、clientId 和 durableSubscriptionName，Flume 会拒绝该 Source：请修正 %1 或关闭 createDurableSubscription。</translation>
    </message>
    <message>
        <source>encryption-incomplete</source>
        <translation>加密需要同时设置密钥提供者、当前密钥和密码算法提供者，Flume 会拒绝该 Channel：请设置 %1。</translation>
    </message>
    <message>
        <source>exec-needs-shell</source>
        <translation>命令中使用了只有 shell 才理解的 %2，但未设置 shell：请把 %1 设为“/bin/sh -c”。</translation>
    </message>
    <message>
        <source>extractor-serializer-case</source>
        <translation>%1 为“%2”，但 Flume 只认大写的 DEFAULT 或类名，并会拒绝该 Source：请写成 DEFAULT。</translation>
    </message>
    <message>
        <source>extractor-serializer-name-missing</source>
        <translation>缺少 %1，即该组对应的 Header 名称，Flume 会拒绝该 Source：请设置 %1。</translation>
    </message>
    <message>
        <source>failover-duplicate-priority</source>
        <translation>%1 为 %2，与组中另一个 Sink 相同，Flume 将永远不使用其中之一：请选择不同的数字。</translation>
    </message>
    <message>
        <source>hdfs-codec-missing</source>
        <translation>CompressedStream 类型的文件需要编解码器，Flume 会拒绝该 Sink：请设置 %1 或选择其他 fileType。</translation>
    </message>
    <message>
        <source>hdfs-codec-not-allowed</source>
        <translation>DataStream 类型的文件不能压缩，Flume 会拒绝该 Sink：请删除 %1 或选择 CompressedStream。</translation>
    </message>
    <message>
        <source>hdfs-codec-unknown</source>
        <translation>Hadoop 没有用于 %1 的编解码器“%2”，Flume 会拒绝此 Sink：请选择 gzip、bzip2、deflate、lz4、snappy 或 ZStandard。</translation>
    </message>
    <message>
        <source>hdfs-kerberos-elsewhere</source>
        <translation>Millrace 写入 HDFS 时不支持 Kerberos，因此不会运行此 Sink。Apache Flume 可以运行它：请将 Agent 部署到 Apache Flume，或通过信任本机的 HttpFS 写入。</translation>
    </message>
    <message>
        <source>hdfs-over-http</source>
        <translation>Millrace 通过 WebHDFS 写入 %1，使用该主机的 9870 端口：若 NameNode 的 Web 地址不同，或要使用 HttpFS，请设置 %2。Apache Flume 不读取此属性。</translation>
    </message>
    <message>
        <source>hdfs-scheme-elsewhere</source>
        <translation>Millrace 只写入 file:、hdfs:、webhdfs: 和 swebhdfs: 路径，不会运行写入 %1: 的 Sink；Apache Flume 借助 Hadoop 的相应模块可以写入。</translation>
    </message>
    <message>
        <source>hdfs-small-files</source>
        <translation>按 hdfs.rollInterval、hdfs.rollSize 和 hdfs.rollCount 的默认值，文件在 30 秒、1024 字节或 10 个事件后关闭：如需更大的文件，请设置它们。</translation>
    </message>
    <message>
        <source>hdfs-suffix-ignored</source>
        <translation>已启用 hdfs.emptyInUseSuffix，因此忽略 %1：请删除二者之一。</translation>
    </message>
    <message>
        <source>hive-elsewhere</source>
        <translation>Hive 只通过其 metastore 的事务接收事件，Millrace 不支持该协议：请用 hdfs Sink 写入外部表的目录，每个分区一个目录（…/day=%Y-%m-%d），或将 Agent 部署到 Apache Flume。</translation>
    </message>
    <message>
        <source>hive-fieldnames-missing</source>
        <translation>DELIMITED 序列化器需要 %1，Flume 会拒绝该 Sink：请指定各列的名称。</translation>
    </message>
    <message>
        <source>http-sink-resends</source>
        <translation>除非 %1 为 false，否则已以 200 之类状态接受的事件会被无休止地重发：请设为 false。</translation>
    </message>
    <message>
        <source>http-sink-url-malformed</source>
        <translation>%1 的值“%2”不是网址，Flume 会拒绝此 Sink：请写成 http://主机:端口/路径 或 https://主机:端口/路径。</translation>
    </message>
    <message>
        <source>jms-provider-amqp</source>
        <translation>消息通过 AMQP 1.0 从“%2”读取。除非启动选项 -DJndiAllowedProtocols 列出 amqp，否则 Flume 1.11 会拒绝 %1 中的此地址。</translation>
    </message>
    <message>
        <source>jms-provider-flume-only</source>
        <translation>%1 中的“%2”是 Apache Flume 用来查找 Broker 的 Java 目录，此版本的 Millrace 无法访问，因此不会运行此组件：请写成支持 AMQP 1.0 的 Broker 的 amqp://host:port。</translation>
    </message>
    <message>
        <source>jms-provider-scheme</source>
        <translation>Flume 1.11 拒绝 %1 中的地址“%2”，因为除非启动选项 -DJndiAllowedProtocols 指定其他协议，否则只允许 java:。</translation>
    </message>
    <message>
        <source>kafka-fixed-by-flume</source>
        <translation>Flume 自行设置 %1，并忽略此处的值：请删除。</translation>
    </message>
    <message>
        <source>kafka-fixed-elsewhere</source>
        <translation>Flume 自行设置 %1，并忽略此处的值：请删除并改用 %2。</translation>
    </message>
    <message>
        <source>kafka-server-malformed</source>
        <translation>%1 中的“%2”不是 host:port：请写出每个 Broker 及其端口，以逗号分隔。</translation>
    </message>
    <message>
        <source>kafka-topics-missing</source>
        <translation>未指定主题，Flume 会拒绝该 Source：请设置 kafka.topics 或 kafka.topics.regex。</translation>
    </message>
    <message>
        <source>kerberos-flume-only</source>
        <translation>Apache Flume 在此处支持 Kerberos，但此版本的 Millrace 不支持，因此不会运行此组件：请将 %1 设为 false，并在两端将 ssl 设为 true。</translation>
    </message>
    <message>
        <source>kerberos-incomplete</source>
        <translation>Kerberos 主体和它的 keytab 必须一起设置，否则 Flume 会拒绝此 Sink：请设置 %1，或移除另一个。</translation>
    </message>
    <message>
        <source>load-balance-few-hosts</source>
        <translation>负载均衡要求 %1 中至少有两个服务器：请再指定一个。</translation>
    </message>
    <message>
        <source>logger-max-bytes-ignored</source>
        <translation>Flume 1.11 忽略 %1，始终只显示 Body 的 16 个字节。</translation>
    </message>
    <message>
        <source>missing-required</source>
        <translation>缺少属性 %1，Flume 会因此拒绝该组件：请设置 %1。</translation>
    </message>
    <message>
        <source>missing-required-late</source>
        <translation>缺少属性 %1，组件一开始工作就会失败：请设置 %1。</translation>
    </message>
    <message>
        <source>multiplexing-no-default</source>
        <translation>缺少 %1，Header 没有对应映射的事件会无声无息地消失：请为它们指定 Channel。</translation>
    </message>
    <message>
        <source>netcatudp-null-header</source>
        <translation>缺少 %1，Flume 会把发送方存入没有名称的 Header，任何 Avro Sink 都无法发送：请设置 %1。</translation>
    </message>
    <message>
        <source>not-a-boolean</source>
        <translation>属性 %1 为“%2”，会被当作 false：请写 true 或 false。</translation>
    </message>
    <message>
        <source>not-a-charset</source>
        <translation>%1 中的“%2”不是 Java 认识的字符集，组件一开始工作就会失败：请检查名称，例如 UTF-8 或 GBK。</translation>
    </message>
    <message>
        <source>not-a-charset-refused</source>
        <translation>%1 中的“%2”不是 Java 认识的字符集，Flume 会拒绝此组件：请检查名称，例如 UTF-8 或 GBK。</translation>
    </message>
    <message>
        <source>not-a-choice</source>
        <translation>属性 %1 为“%2”，但必须是 %3 之一：请从中选择。</translation>
    </message>
    <message>
        <source>not-a-choice-refused</source>
        <translation>属性 %1 为“%2”，但 Flume 只接受 %3：请从中选择。</translation>
    </message>
    <message>
        <source>not-a-class</source>
        <translation>%1 中的“%2”既不是 Flume 认识的类型，也不是完整的类名：请检查拼写。</translation>
    </message>
    <message>
        <source>not-a-class-refused</source>
        <translation>%1 中的“%2”既不是 Flume 认识的类型，也不是完整的类名，Flume 会拒绝该组件：请检查拼写。</translation>
    </message>
    <message>
        <source>not-a-number</source>
        <translation>属性 %1 必须是数字，但其值为“%2”，Flume 会拒绝该组件：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-number-default</source>
        <translation>属性 %1 必须是数字，但其值为“%2”，因此 Flume 改用 %3：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-number-ignored</source>
        <translation>属性 %1 必须是数字，但其值为“%2”，因此 Flume 会忽略它：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-number-late</source>
        <translation>属性 %1 必须是数字，但其值为“%2”，组件一开始工作就会失败：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-port</source>
        <translation>属性 %1 为 %2，但端口必须在 0 到 65535 之间：请另选一个。</translation>
    </message>
    <message>
        <source>regex-java-only</source>
        <translation>%1 中的模式在第 %3 个字符处的字符类里含有“%2”。Apache Flume 能识别，此版本的 Millrace 不能，会略去此组件：请改写成不含它的单个字符类。</translation>
    </message>
    <message>
        <source>regex-malformed</source>
        <translation>%1 中的模式在第 %3 个字符“%2”处有误：请补全括号，若要表示该字符本身，请在其前面加反斜杠。</translation>
    </message>
    <message>
        <source>regex-malformed-refused</source>
        <translation>%1 中的模式在第 %3 个字符“%2”处有误，Flume 会拒绝该组件：请补全括号，若要表示该字符本身，请在其前面加反斜杠。</translation>
    </message>
    <message>
        <source>remove-header-nothing</source>
        <translation>该拦截器不删除任何内容：请设置 withName、fromList 或 matching 以指定要删除的 Header。</translation>
    </message>
    <message>
        <source>round-value-refused</source>
        <translation>%1 为 %2，但对于该单位 Flume 只接受 1 到 %3：请选择这样的值。</translation>
    </message>
    <message>
        <source>syslogtcp-host-missing</source>
        <translation>缺少 %1，因此 Flume 显示 Source 已启动，但它不在任何地址监听：请设置 %1。</translation>
    </message>
    <message>
        <source>taildir-directory-wildcard</source>
        <translation>%1 中只有文件名是模式，因此 Flume 会查找名为“%2”的目录：请写明目录，或为每个目录各设一个组。</translation>
    </message>
    <message>
        <source>taildir-group-not-listed</source>
        <translation>%1 不起作用，因为 filegroups 中没有列出“%2”：请在其中添加该名称。</translation>
    </message>
    <message>
        <source>taildir-group-without-pattern</source>
        <translation>缺少 %1，因此组“%2”没有文件：请设置它或删除该组。</translation>
    </message>
    <message>
        <source>taildir-no-directory</source>
        <translation>%1 为“%2”，不含目录，Flume 会拒绝该 Source：请在前面加上目录，例如 ./%2。</translation>
    </message>
    <message>
        <source>taildir-no-pattern</source>
        <translation>filegroups 中没有任何组设置了模式，Flume 会拒绝该 Source：请设置 %1。</translation>
    </message>
    <message>
        <source>taildir-shell-wildcard</source>
        <translation>%1 中的文件名是正则表达式而不是 shell 通配符，“%2”有误：请写成“%3”。</translation>
    </message>
    <message>
        <source>time-pattern-refused</source>
        <translation>%1 中的时间模式含有“%2”，Joda-Time 不认识它，Flume 会拒绝此组件：请修正模式。</translation>
    </message>
    <message>
        <source>tls-keystore-missing</source>
        <translation>已启用 TLS，但缺少 %1，除非启动选项已指定，否则 Flume 会拒绝该 Source：请设置 %1。</translation>
    </message>
    <message>
        <source>topic-config-unknown</source>
        <translation>Kafka 没有名为 %1 的主题设置，因此不会创建此主题：请检查名称。</translation>
    </message>
    <message>
        <source>transaction-above-capacity</source>
        <translation>transactionCapacity 为 %1，大于容量 %2，Flume 会拒绝该 Channel：请调大容量或调小 transactionCapacity。</translation>
    </message>
    <message>
        <source>unknown-property</source>
        <translation>Flume 不认识属性 %1，会忽略它：请检查名称。</translation>
    </message>
    <message>
        <source>unknown-property-near</source>
        <translation>Flume 不认识属性 %1，会忽略它：您是否想写 %2？</translation>
    </message>
    <message>
        <source>zookeeper-quorum-malformed</source>
        <translation>Flume 会拒绝 %1 中的“%2”：请把每个服务器写成 host:port，端口须全部相同，以逗号分隔。</translation>
    </message>
    <message>
        <source>elasticsearch-over-http</source>
        <translation>Millrace 不使用 Elasticsearch 的传输协议，%1 中的 %2 将通过 HTTP 的 9200 端口访问。</translation>
    </message>
    <message>
        <source>morphline-needs-java</source>
        <translation>morphline 是 Java 代码，只有 Apache Flume 能运行：在 Millrace 中，solr 类型的 Sink 可把事件加入 Solr，command 类型的拦截器可在此之前加工事件。</translation>
    </message>
    <message>
        <source>hbase-needs-gateway</source>
        <translation>Millrace 通过 REST 网关写入 HBase，在知道其地址之前不会运行此 Sink：请将 %1 设为网关地址，例如 http://localhost:8080。</translation>
    </message>
    <message>
        <source>hbase-kerberos-flume-only</source>
        <translation>%1 要求的 HBase Kerberos 认证只有 Apache Flume 支持，Millrace 不会运行此 Sink：请使用不要求 Kerberos 的网关。</translation>
    </message>
    <message>
        <source>http-sink-flume-only</source>
        <translation>%1 的值“%2”可被 Apache Flume 接受，但 Millrace 不会运行此 Sink：请写以 http:// 或 https:// 开头且不含用户名的地址。</translation>
    </message>
</context>
</TS>
