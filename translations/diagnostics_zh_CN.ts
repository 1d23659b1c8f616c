<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>diagnostics</name>
    <message>
        <source>above-maximum-default</source>
        <translation>属性 %1 的值是 %2，但最大只能是 %3，因此 Flume 改用 %4：请调小。</translation>
    </message>
    <message>
        <source>above-maximum-refused</source>
        <translation>属性 %1 的值是 %2，而 Flume 在此拒绝大于 %3 的值：请调小。</translation>
    </message>
    <message>
        <source>above-maximum</source>
        <translation>属性 %1 的值是 %2，但最大只能是 %3：请调小。</translation>
    </message>
    <message>
        <source>add-to-list</source>
        <translation>将 %1 加入 %2</translation>
    </message>
    <message>
        <source>agent-without-channels</source>
        <translation>Flume 不会启动 Agent %1 的任何组件，因为它没有列出 Channel：请添加 %1.channels 并写上 Channel 名称。</translation>
    </message>
    <message>
        <source>agent-without-ends</source>
        <translation>Flume 不会启动 Agent %1 的任何组件，因为它没有有效的 Source，也没有有效的 Sink：请添加一个，或修正现有的。</translation>
    </message>
    <message>
        <source>agent-without-lists</source>
        <translation>Flume 会把“%1”当作没有 Source、Channel 和 Sink 的 Agent 而忽略：键名是否拼错了？</translation>
    </message>
    <message>
        <source>agent-without-valid-channels</source>
        <translation>Flume 不会启动 Agent %1 的任何组件，因为它没有有效的 Channel：请修正 %2。</translation>
    </message>
    <message>
        <source>avro-codec-flume-only</source>
        <translation>Apache Flume 可以写 %1 中的编解码器“%2”，但此版本的 Millrace 不能，因此不会运行此组件：请选择 deflate、snappy 或 zstandard。</translation>
    </message>
    <message>
        <source>avro-filter-rule-malformed</source>
        <translation>%1 中的“%2”不是过滤规则，Flume 会拒绝此 Source：请写成 allow 或 deny、ip 或 name 以及模式，用冒号分隔。</translation>
    </message>
    <message>
        <source>avro-filter-rules-missing</source>
        <translation>已启用 ipFilter，但缺少 %1，Flume 会拒绝此 Source：请添加规则或关闭 ipFilter。</translation>
    </message>
    <message>
        <source>batch-above-transaction</source>
        <translation>Flume 会移除这个 %1，因为它的批次大小 %2 超过了 Channel %4 的 transactionCapacity（%3）。</translation>
    </message>
    <message>
        <source>below-minimum-default</source>
        <translation>属性 %1 的值是 %2，但至少应为 %3，因此 Flume 改用 %4：请调大。</translation>
    </message>
    <message>
        <source>below-minimum-refused</source>
        <translation>属性 %1 的值是 %2，而 Flume 在此拒绝小于 %3 的值：请调大。</translation>
    </message>
    <message>
        <source>below-minimum</source>
        <translation>属性 %1 的值是 %2，但至少应为 %3：请调大。</translation>
    </message>
    <message>
        <source>blob-handler-without-parameters</source>
        <translation>除非 %1 至少列出一个参数，否则处理器对每个请求都返回错误：请设置 %1。</translation>
    </message>
    <message>
        <source>broker-not-run-here</source>
        <translation>Millrace 不在 %1 运行 Kafka Broker：只有该处已有 Broker 应答，或将其集群改为内嵌，此图才能运行。</translation>
    </message>
    <message>
        <source>byte-order-mark</source>
        <translation>文件以字节顺序标记开头，Flume 会把它当作第一个键的一部分，使这一行失效：请移除它。</translation>
    </message>
    <message>
        <source>channel-directory-shared</source>
        <translation>Channel %1 与 Channel %3 使用同一目录 %2。只有其中之一能锁定它，另一个永远无法启动：请为它们分别设置 %4。</translation>
    </message>
    <message>
        <source>channel-unattached</source>
        <translation>Flume 会移除 Channel %1，因为没有运行中的 Source 或 Sink 与它相连。</translation>
    </message>
    <message>
        <source>charset-java-only</source>
        <translation>%1 中的字符集“%2”Apache Flume 可以读取，但此版本的 Millrace 不能，因此不会运行此组件：请改用其他字符集，例如 UTF-8。</translation>
    </message>
    <message>
        <source>checkpoint-backup-missing</source>
        <translation>已启用双检查点，但缺少 %1，Flume 会拒绝此 Channel：请设置 %1 或关闭 useDualCheckpoints。</translation>
    </message>
    <message>
        <source>checkpoint-backup-same</source>
        <translation>%1 与 checkpointDir 是同一目录，Flume 会拒绝此 Channel：请选择其他目录。</translation>
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
        <source>cluster-address-missing</source>
        <translation>集群 %1 没有有效的地址：请将 %2 设为 host:port。</translation>
    </message>
    <message>
        <source>cluster-kind-missing</source>
        <translation>集群 %1 没有类别：请设为 embedded 或 external。</translation>
    </message>
    <message>
        <source>component-without-type</source>
        <translation>Flume 会移除这个 %1，因为它没有类型：请设置 %2。</translation>
    </message>
    <message>
        <source>config-not-loadable</source>
        <translation>Flume 会移除这个 %1，因为它无法加载配置类 %2：请移除此行。</translation>
    </message>
    <message>
        <source>deprecated-property-plain</source>
        <translation>属性 %1 已过时：更新版本的 Flume 不再识别它。</translation>
    </message>
    <message>
        <source>deprecated-property</source>
        <translation>属性 %1 已过时：请改用 %2。</translation>
    </message>
    <message>
        <source>double-backslash</source>
        <translation>写两个反斜杠</translation>
    </message>
    <message>
        <source>dropped-backslash</source>
        <translation>Flume 会把“%1”去掉反斜杠读成“%2”：要表示一个反斜杠，请写两个。</translation>
    </message>
    <message>
        <source>duplicate-key</source>
        <translation>此行不起作用，因为第 %1 行再次设置了 %2：请移除其中之一。</translation>
    </message>
    <message>
        <source>durable-subscription-incomplete</source>
        <translation>持久订阅需要 topic、clientId 和 durableSubscriptionName，Flume 会拒绝此 Source：请修正 %1 或关闭 createDurableSubscription。</translation>
    </message>
    <message>
        <source>empty-value</source>
        <translation>Flume 会忽略 %1，因为它没有值：请填写值或移除此行。</translation>
    </message>
    <message>
        <source>encryption-incomplete</source>
        <translation>加密需要同时设置密钥提供者、活动密钥和密码提供者，Flume 会拒绝此 Channel：请设置 %1。</translation>
    </message>
    <message>
        <source>environment-filter-missing</source>
        <translation>环境变量 %1 未设置，因此配置过滤器 %2 不会填入任何内容，占位符保持原样。</translation>
    </message>
    <message>
        <source>escape-characters</source>
        <translation>写成 \uXXXX</translation>
    </message>
    <message>
        <source>exec-needs-shell</source>
        <translation>命令中使用了只有 shell 才理解的 %2，但没有设置 shell：请将 %1 设为“/bin/sh -c”。</translation>
    </message>
    <message>
        <source>extractor-serializer-case</source>
        <translation>%1 的值是“%2”，但 Flume 只认识大写的 DEFAULT 或类名，会拒绝此 Source：请写成 DEFAULT。</translation>
    </message>
    <message>
        <source>extractor-serializer-name-missing</source>
        <translation>缺少 %1（该分组对应的 Header 名称），Flume 会拒绝此 Source：请设置 %1。</translation>
    </message>
    <message>
        <source>failover-duplicate-priority</source>
        <translation>%1 的值 %2 与组内另一个 Sink 相同，Flume 将永远不会使用其中之一：请使用不同的数字。</translation>
    </message>
    <message>
        <source>file-lost-by-escape</source>
        <translation>Flume 会丢失整个文件及其中所有 Agent，因为 \u 后面不是四位十六进制数字：要表示反斜杠加 u，请写 \\u。</translation>
    </message>
    <message>
        <source>filter-not-asked</source>
        <translation>配置过滤器 %1 的命令填入的内容要到 Agent 启动时才知道，在此之前不做检查。</translation>
    </message>
    <message>
        <source>filter-not-made</source>
        <translation>Flume 无法创建类型为“%2”的配置过滤器 %1，因此其占位符保持原样：请将类型设为 env、external 或 hadoop。</translation>
    </message>
    <message>
        <source>filter-without-answer</source>
        <translation>配置过滤器 %1 没有为 %2 填入任何内容，占位符保持原样：%3。</translation>
    </message>
    <message>
        <source>filter-without-command</source>
        <translation>配置过滤器 %1 没有命令，因此其占位符保持原样：请设置它的 command。</translation>
    </message>
    <message>
        <source>foreign-channel</source>
        <translation>这个 %1 暂时不能在此运行，因为它的 Channel %2 不能运行。</translation>
    </message>
    <message>
        <source>foreign-filter</source>
        <translation>这个 %1 暂时不能在此运行，因为 %2 由配置过滤器 %3 填入，而此版本的 Millrace 不能读取它的存储。Apache Flume 可以运行它。</translation>
    </message>
    <message>
        <source>foreign-members</source>
        <translation>Sink 组 %1 暂时不能在此运行，因为组内能运行的 Sink 太少。Apache Flume 可以运行它。</translation>
    </message>
    <message>
        <source>foreign-part</source>
        <translation>这个 %1 暂时不能在此运行，因为它的 %2 类型为 %3，此版本的 Millrace 尚不具备。</translation>
    </message>
    <message>
        <source>foreign-type</source>
        <translation>这个 %1 暂时不能在此运行：此版本的 Millrace 没有 %2。Apache Flume 可以运行它。</translation>
    </message>
    <message>
        <source>group-empty</source>
        <translation>Flume 会移除 Sink 组 %1，因为它没有剩下任何 Sink：请在 %2 中列出有效的 Sink。</translation>
    </message>
    <message>
        <source>group-member-lost</source>
        <translation>Flume 不会启动 Agent %1 的任何组件，因为 Sink 组 %2 需要无法配置的 Sink %3：请修正该 Sink，或将其移出组。</translation>
    </message>
    <message>
        <source>group-member-shared</source>
        <translation>Flume 不会把 Sink %1 加入组 %2，因为它已属于组 %3。</translation>
    </message>
    <message>
        <source>group-member-unknown</source>
        <translation>Flume 不会把 %1 加入 Sink 组 %2，因为没有这个名称的有效 Sink。</translation>
    </message>
    <message>
        <source>group-runs-one-thread</source>
        <translation>组 %1 的 Sink 在同一线程中轮流工作，所以整组并不比单个 Sink 快：要提高吞吐量，请让每个 Sink 单独运行。</translation>
    </message>
    <message>
        <source>group-without-processor</source>
        <translation>Flume 会移除 Sink 组 %1，其 Sink 永远不会运行，因为它没有 processor.type：请设为 failover 或 load_balance。</translation>
    </message>
    <message>
        <source>group-without-sinks</source>
        <translation>Flume 会丢失整个文件及其中所有 Agent，因为 Sink 组 %1 没有 Sink：请设置 %2。</translation>
    </message>
    <message>
        <source>group-not-one-sink</source>
        <translation>Flume 会移除 Sink 组 %1 及其 Sink，因为 %2 处理器只能有一个 Sink：实际有 %3 个。</translation>
    </message>
    <message>
        <source>group-too-small</source>
        <translation>Flume 会移除 Sink 组 %1 及其 Sink，因为 %2 处理器需要至少两个 Sink：实际有 %3 个。</translation>
    </message>
    <message>
        <source>hash-order-variable</source>
        <translation>Flume 是否在此解析 ${%1} 取决于其哈希表的顺序：%2。请直接写出值，或引用环境变量。</translation>
    </message>
    <message>
        <source>hdfs-codec-missing</source>
        <translation>CompressedStream 类型的文件需要压缩编码，Flume 会拒绝此 Sink：请设置 %1 或选择其他 fileType。</translation>
    </message>
    <message>
        <source>hdfs-codec-not-allowed</source>
        <translation>DataStream 类型的文件不能压缩，Flume 会拒绝此 Sink：请移除 %1 或选择 CompressedStream。</translation>
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
        <translation>在 hdfs.rollInterval、hdfs.rollSize 和 hdfs.rollCount 的默认值下，文件在 30 秒、1024 字节或 10 个事件后就会关闭：要得到更大的文件请设置它们。</translation>
    </message>
    <message>
        <source>hdfs-suffix-ignored</source>
        <translation>因为启用了 hdfs.emptyInUseSuffix，%1 会被忽略：请移除其中之一。</translation>
    </message>
    <message>
        <source>hive-elsewhere</source>
        <translation>Hive 只通过其 metastore 的事务接收事件，Millrace 不支持该协议：请用 hdfs Sink 写入外部表的目录，每个分区一个目录（…/day=%Y-%m-%d），或将 Agent 部署到 Apache Flume。</translation>
    </message>
    <message>
        <source>hive-fieldnames-missing</source>
        <translation>DELIMITED 序列化器需要 %1，Flume 会拒绝此 Sink：请列出各列名称。</translation>
    </message>
    <message>
        <source>http-sink-resends</source>
        <translation>除非 %1 为 false，否则以 200 之类状态被接受的事件会被无休止地重发：请将其设为 false。</translation>
    </message>
    <message>
        <source>http-sink-url-malformed</source>
        <translation>%1 的值“%2”不是网址，Flume 会拒绝此 Sink：请写成 http://主机:端口/路径 或 https://主机:端口/路径。</translation>
    </message>
    <message>
        <source>ignored-key-near</source>
        <translation>Flume 会忽略 %1：您是否想写 %2？</translation>
    </message>
    <message>
        <source>ignored-key</source>
        <translation>Flume 会忽略 %1：Agent 名之后应为 sources、channels、sinks、sinkgroups 或 configfilters。</translation>
    </message>
    <message>
        <source>interceptor-without-type</source>
        <translation>Flume 会移除此 Source，因为拦截器 %1 没有类型：请设置 %2。</translation>
    </message>
    <message>
        <source>jms-provider-amqp</source>
        <translation>消息通过 AMQP 1.0 从“%2”读取。Flume 1.11 会拒绝 %1 中的此地址，除非启动选项 -DJndiAllowedProtocols 包含 amqp。</translation>
    </message>
    <message>
        <source>jms-provider-flume-only</source>
        <translation>%1 中的“%2”是 Java 的目录服务，Apache Flume 由它查找 Broker；此版本的 Millrace 不支持，因此不会运行此组件：请改写为支持 AMQP 1.0 的 Broker 的地址 amqp://host:port。</translation>
    </message>
    <message>
        <source>jms-provider-scheme</source>
        <translation>Flume 1.11 会拒绝 %1 中的地址“%2”，因为除非启动选项 -DJndiAllowedProtocols 另有指定，否则只允许 java:。</translation>
    </message>
    <message>
        <source>kafka-fixed-by-flume</source>
        <translation>Flume 自己设置 %1 并忽略这里的值：请移除它。</translation>
    </message>
    <message>
        <source>kafka-fixed-elsewhere</source>
        <translation>Flume 自己设置 %1 并忽略这里的值：请移除它，改用 %2。</translation>
    </message>
    <message>
        <source>kafka-server-malformed</source>
        <translation>%1 中的“%2”不是 host:port：请为每个 Broker 写上端口，用逗号分隔。</translation>
    </message>
    <message>
        <source>kafka-topic-loop</source>
        <translation>Kafka Source 会把主题写入 Header“%1”，而 Sink %2 优先采用该 Header 而不是自己的主题：事件会直接回到来处。请将 allowTopicOverride 设为 false。</translation>
    </message>
    <message>
        <source>kafka-topics-missing</source>
        <translation>没有指定主题，Flume 会拒绝此 Source：请设置 kafka.topics 或 kafka.topics.regex。</translation>
    </message>
    <message>
        <source>kerberos-flume-only</source>
        <translation>Kerberos 只有 Apache Flume 支持，此版本的 Millrace 不支持，因此不会运行此组件：请将 %1 设为 false，并在两端将 ssl 设为 true。</translation>
    </message>
    <message>
        <source>kerberos-incomplete</source>
        <translation>Kerberos 主体和它的 keytab 必须一起设置，否则 Flume 会拒绝此 Sink：请设置 %1，或移除另一个。</translation>
    </message>
    <message>
        <source>key-without-agent</source>
        <translation>Flume 会忽略 %1，因为键应以 Agent 名加一个点开头。</translation>
    </message>
    <message>
        <source>latin1-value</source>
        <translation>Flume 按 ISO-8859-1 读取此值，得到“%1”：请把 ASCII 以外的字符写成 \uXXXX。</translation>
    </message>
    <message>
        <source>listed-without-properties</source>
        <translation>Flume 会移除%1 %2，因为它在清单中却没有属性：请设置 %3。</translation>
    </message>
    <message>
        <source>load-balance-few-hosts</source>
        <translation>均衡至少需要在 %1 中列出两台服务器：请再添加一台。</translation>
    </message>
    <message>
        <source>logger-max-bytes-ignored</source>
        <translation>Flume 1.11 会忽略 %1，始终只显示 Body 的 16 个字节。</translation>
    </message>
    <message>
        <source>missing-required-late</source>
        <translation>缺少属性 %1，组件一开始工作就会失败：请设置 %1。</translation>
    </message>
    <message>
        <source>missing-required</source>
        <translation>缺少属性 %1，没有它 Flume 会拒绝此组件：请设置 %1。</translation>
    </message>
    <message>
        <source>move-comment</source>
        <translation>将注释移到单独一行</translation>
    </message>
    <message>
        <source>multiplexing-no-default</source>
        <translation>由于缺少 %1，Header 没有对应映射的事件会无声无息地消失：请为它们指定一个 Channel。</translation>
    </message>
    <message>
        <source>netcatudp-null-header</source>
        <translation>缺少 %1，Flume 会把发送方存入一个没有名称的 Header，任何 Avro Sink 都无法发送：请设置 %1。</translation>
    </message>
    <message>
        <source>not-a-boolean</source>
        <translation>属性 %1 的值“%2”会被当作 false：请写 true 或 false。</translation>
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
        <source>not-a-choice-refused</source>
        <translation>属性 %1 的值是“%2”，而 Flume 只接受 %3：请从中选择。</translation>
    </message>
    <message>
        <source>not-a-choice</source>
        <translation>属性 %1 的值是“%2”，但必须是 %3 之一：请从中选择。</translation>
    </message>
    <message>
        <source>not-a-class-refused</source>
        <translation>%1 中的“%2”既不是 Flume 认识的类型，也不是完整类名，Flume 会拒绝此组件：请检查拼写。</translation>
    </message>
    <message>
        <source>not-a-class</source>
        <translation>%1 中的“%2”既不是 Flume 认识的类型，也不是完整类名：请检查拼写。</translation>
    </message>
    <message>
        <source>not-a-number-default</source>
        <translation>属性 %1 必须是数字，但值是“%2”，因此 Flume 改用 %3：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-number-ignored</source>
        <translation>属性 %1 必须是数字，但值是“%2”，因此 Flume 会忽略它：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-number-late</source>
        <translation>属性 %1 必须是数字，但值是“%2”，组件一开始工作就会失败：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-number</source>
        <translation>属性 %1 必须是数字，但值是“%2”，Flume 会拒绝此组件：请只写数字，不带单位或注释。</translation>
    </message>
    <message>
        <source>not-a-port</source>
        <translation>属性 %1 的值是 %2，但端口应在 0 到 65535 之间：请另选一个。</translation>
    </message>
    <message>
        <source>name-with-slash</source>
        <translation>%1 无法在此显示或运行，因为名称不能包含“/”：请重命名。Apache Flume 可以运行它。</translation>
    </message>
    <message>
        <source>not-in-list</source>
        <translation>Flume 会忽略这个 %1，因为“%2”不在清单 %3 中：请加上它，或移除它的各行。</translation>
    </message>
    <message>
        <source>not-loadable-selector</source>
        <translation>Flume 1.11 会移除此 Source，因为它无法加载选择器 %1：%2。</translation>
    </message>
    <message>
        <source>not-loadable</source>
        <translation>Flume 1.11 不会启动 Agent %1 的任何组件，因为它无法加载 %2 类型 %3：%4。</translation>
    </message>
    <message>
        <source>optional-unknown-channel</source>
        <translation>此 Source 的每个批次在必需 Channel 收下之后都会失败并无休止地重复，因为 %1 中的 %2 不是该 Source 的 Channel。</translation>
    </message>
    <message>
        <source>our-id-wrong</source>
        <translation>%1 无效，因为“%2”不能作为名称：请使用最多 200 字节的 UTF-8 文本，不含空白，也不含 . = : # ! \ / , $。</translation>
    </message>
    <message>
        <source>our-key-unknown</source>
        <translation>%1 不是 Millrace 认识的键；此行会原样保留。</translation>
    </message>
    <message>
        <source>our-line-not-utf8</source>
        <translation>此行不是 UTF-8 编码，显示时会丢失部分字符：请以 UTF-8 重新写入。</translation>
    </message>
    <message>
        <source>our-line-unreadable</source>
        <translation>以 #@ 开头的行应写成“#@ 键 = 值”的形式。</translation>
    </message>
    <message>
        <source>our-value-wrong</source>
        <translation>%1 的值是“%2”：%3。</translation>
    </message>
    <message>
        <source>place-malformed</source>
        <translation>位置应写成整数“X Y”或“X Y 宽 高”，但 %1 的值是“%2”。</translation>
    </message>
    <message>
        <source>place-unknown</source>
        <translation>此位置不属于文件中的任何对象：没有 %1。</translation>
    </message>
    <message>
        <source>port-conflict</source>
        <translation>端口 %1 也被 %2 使用：只有其中之一能监听。请另选端口。</translation>
    </message>
    <message>
        <source>regex-java-only</source>
        <translation>%1 中的模式在第 %3 个字符处的字符类里含有“%2”。Apache Flume 能识别，此版本的 Millrace 不能，会略去此组件：请改写成不含它的单个字符类。</translation>
    </message>
    <message>
        <source>regex-malformed-refused</source>
        <translation>%1 中的模式在第 %3 个字符“%2”处有误，Flume 会拒绝此组件：请补全括号，或在前面加反斜杠以表示该字符本身。</translation>
    </message>
    <message>
        <source>regex-malformed</source>
        <translation>%1 中的模式在第 %3 个字符“%2”处有误：请补全括号，或在前面加反斜杠以表示该字符本身。</translation>
    </message>
    <message>
        <source>remove-byte-order-mark</source>
        <translation>移除字节顺序标记</translation>
    </message>
    <message>
        <source>remove-from-list</source>
        <translation>从 %2 中移除 %1</translation>
    </message>
    <message>
        <source>remove-header-nothing</source>
        <translation>此拦截器什么也不移除：请设置 withName、fromList 或 matching，说明要移除哪些 Header。</translation>
    </message>
    <message>
        <source>remove-line</source>
        <translation>移除此行</translation>
    </message>
    <message>
        <source>rename-key</source>
        <translation>改名为 %1</translation>
    </message>
    <message>
        <source>required-fanout-not-atomic</source>
        <translation>当必需 Channel %1 中有一个失败时，其他 Channel 会保留已收下的事件，而 Source 会重发：可能出现重复。</translation>
    </message>
    <message>
        <source>round-value-refused</source>
        <translation>%1 的值是 %2，而对于此单位 Flume 只接受 1 到 %3：请选择这样的值。</translation>
    </message>
    <message>
        <source>selector-no-channel</source>
        <translation>Flume 会移除此 Source，因为其选择器在 %1 中没有指定 Channel。</translation>
    </message>
    <message>
        <source>selector-unknown-channel</source>
        <translation>Flume 会移除此 Source，因为其选择器在 %2 中指定的 Channel %1 不是它的 Channel。</translation>
    </message>
    <message>
        <source>run-broker-here</source>
        <translation>由 Millrace 运行该 Broker</translation>
    </message>
    <message>
        <source>set-value</source>
        <translation>将 %1 设为 %2</translation>
    </message>
    <message>
        <source>sink-channels-key</source>
        <translation>Flume 会移除此 Sink，因为它读取的是“channel”而不是“channels”：请改名。</translation>
    </message>
    <message>
        <source>sink-named-like-group</source>
        <translation>Sink %1 在 Flume 中永远不会运行，因为有一个使用中的 Sink 组与它同名：请将其一改名。</translation>
    </message>
    <message>
        <source>sink-never-fails-over</source>
        <translation>%2 出现故障时，组 %1 永远不会转向另一个 Sink，因为 %3 Sink 不会向其组报告故障。</translation>
    </message>
    <message>
        <source>sink-two-channels</source>
        <translation>Flume 会移除此 Sink，因为 Sink 只能从一个 Channel 取事件，而它会查找名为“%1”的 Channel。</translation>
    </message>
    <message>
        <source>sink-unknown-channel</source>
        <translation>Flume 会移除此 Sink，因为其 Channel %1 不是 Agent %2 的有效 Channel。</translation>
    </message>
    <message>
        <source>sink-without-channel</source>
        <translation>Flume 会移除此 Sink，因为它没有 Channel：请设置 %1。</translation>
    </message>
    <message>
        <source>sink-without-started-channel</source>
        <translation>Flume 会移除此 Sink，因为其 Channel %1 已被移除。</translation>
    </message>
    <message>
        <source>source-channel-key</source>
        <translation>Flume 读取 Source 的“channels”而不是“channel”：请改名。</translation>
    </message>
    <message>
        <source>source-unknown-channel</source>
        <translation>Flume 会从此 Source 的 Channel 中去掉 %1，因为 Agent %2 没有这个名称的有效 Channel。</translation>
    </message>
    <message>
        <source>source-without-channel</source>
        <translation>Flume 会移除此 Source，因为它没有有效的 Channel：请设置 %1。</translation>
    </message>
    <message>
        <source>source-without-started-channel</source>
        <translation>Flume 会移除此 Source，因为它的 Channel 全部被移除：%1。</translation>
    </message>
    <message>
        <source>spooldir-written-in-place</source>
        <translation>%1 会写入此 Source 的假脱机目录。文件若在读取时发生变化，Source 会一直报错，直到该文件被移走；Flume 的 Source 则会彻底停止：请把写完的文件移入该目录，或改用 TAILDIR。</translation>
    </message>
    <message>
        <source>syslogtcp-host-missing</source>
        <translation>缺少 %1，Flume 会显示 Source 已启动，但它并未监听任何地址：请设置 %1。</translation>
    </message>
    <message>
        <source>taildir-directory-wildcard</source>
        <translation>%1 中只有文件名是模式，因此 Flume 会查找名为“%2”的目录：请写明目录，或为每个目录各设一个组。</translation>
    </message>
    <message>
        <source>taildir-group-not-listed</source>
        <translation>%1 不起作用，因为 filegroups 没有列出“%2”：请在那里加上此名称。</translation>
    </message>
    <message>
        <source>taildir-group-without-pattern</source>
        <translation>由于缺少 %1，分组“%2”没有文件：请设置它或移除该分组。</translation>
    </message>
    <message>
        <source>taildir-no-directory</source>
        <translation>%1 的值“%2”没有目录，Flume 会拒绝此 Source：请在前面加上目录，例如 ./%2。</translation>
    </message>
    <message>
        <source>taildir-no-pattern</source>
        <translation>filegroups 中没有任何分组带有模式，Flume 会拒绝此 Source：请设置 %1。</translation>
    </message>
    <message>
        <source>taildir-rotation</source>
        <translation>模式“%1”也会匹配“%2”之类的轮转文件：改名会使 Source 重新读取整个文件。请让模式只匹配正在使用的文件名。</translation>
    </message>
    <message>
        <source>taildir-shell-wildcard</source>
        <translation>%1 中的文件名是正则表达式而不是 shell 模式，“%2”有误：请写成“%3”。</translation>
    </message>
    <message>
        <source>time-escape-without-timestamp</source>
        <translation>%1 含有时间转义 %2，但不能保证有 timestamp Header，缺少它的事件会被无休止地重试：请添加 timestamp 拦截器，或将 %3 设为 true。</translation>
    </message>
    <message>
        <source>time-pattern-refused</source>
        <translation>%1 中的时间模式含有“%2”，Joda-Time 不认识它，Flume 会拒绝此组件：请修正模式。</translation>
    </message>
    <message>
        <source>tls-keystore-missing</source>
        <translation>已启用 TLS，但缺少 %1，除非启动选项指定了密钥库，否则 Flume 会拒绝此 Source：请设置 %1。</translation>
    </message>
    <message>
        <source>tls-with-deflate</source>
        <translation>TLS 与 deflate 同时使用时，两端都须为 Flume 1.10 或更新版本：更早的版本嵌套顺序相反。</translation>
    </message>
    <message>
        <source>topic-cluster-missing</source>
        <translation>主题 %1 不属于此文件中的任何集群：请将 %2 设为某个集群的名称。</translation>
    </message>
    <message>
        <source>topic-name-duplicate</source>
        <translation>主题 %1 与主题 %2 的名称和集群相同：请移除其中之一。</translation>
    </message>
    <message>
        <source>topic-name-illegal</source>
        <translation>Kafka 会拒绝主题名“%1”：最多 249 个字母、数字、点、下划线和连字符，且不能是“.”或“..”。</translation>
    </message>
    <message>
        <source>topic-names-collide</source>
        <translation>Kafka 会拒绝主题 %1，因为它与 %2 的名称仅在点和下划线上不同：请重命名其中之一。</translation>
    </message>
    <message>
        <source>traffic-has-no-goal</source>
        <translation>流量 %1 没有去处：请设置 file、tcp 或 topic，或画一条连线到 Source 或主题。</translation>
    </message>
    <message>
        <source>traffic-topic-unknown</source>
        <translation>流量 %1 写入的主题 %2 不在此文件中：请添加该主题，或重新画线。</translation>
    </message>
    <message>
        <source>trailing-comment</source>
        <translation>注释“%1”成了值的一部分，因为注释需要单独成行：请把它放到上一行。</translation>
    </message>
    <message>
        <source>topic-config-unknown</source>
        <translation>Kafka 没有名为 %1 的主题设置，因此不会创建此主题：请检查名称。</translation>
    </message>
    <message>
        <source>transaction-above-capacity</source>
        <translation>transactionCapacity 为 %1，超过容量 %2，Flume 会拒绝此 Channel：请调大容量或调小 transactionCapacity。</translation>
    </message>
    <message>
        <source>type-wrong-case</source>
        <translation>Flume 不会启动 Agent %1 的任何组件，因为它按精确名称加载类 %2：请写成 %3。</translation>
    </message>
    <message>
        <source>unknown-interceptor</source>
        <translation>Flume 会移除此 Source，因为它无法加载拦截器 %2 的类型 %1。</translation>
    </message>
    <message>
        <source>unknown-processor</source>
        <translation>Flume 会移除 Sink 组 %1，其 Sink 永远不会运行，因为它无法加载处理器 %2。</translation>
    </message>
    <message>
        <source>unknown-property-near</source>
        <translation>Flume 不认识属性 %1，会忽略它：您是否想写 %2？</translation>
    </message>
    <message>
        <source>unknown-property</source>
        <translation>Flume 不认识属性 %1，会忽略它：请检查名称。</translation>
    </message>
    <message>
        <source>unknown-selector</source>
        <translation>Flume 会移除此 Source，因为它无法加载选择器 %1。</translation>
    </message>
    <message>
        <source>unknown-type-near</source>
        <translation>Flume 不会启动 Agent %1 的任何组件，因为它没有名为 %3 的 %2 类型：您是否想写 %4？</translation>
    </message>
    <message>
        <source>unknown-type</source>
        <translation>Flume 不会启动 Agent %1 的任何组件，因为它没有名为 %3 的 %2 类型，也无法加载同名的类。</translation>
    </message>
    <message>
        <source>variable-cycle</source>
        <translation>${%1} 又引用回自身，保持原样。</translation>
    </message>
    <message>
        <source>variable-unknown</source>
        <translation>${%1} 未知，保持原样。</translation>
    </message>
    <message>
        <source>version-newer</source>
        <translation>此文件由更新版本的 Millrace（版本 %1）创建。可以查看和运行，但不能修改。</translation>
    </message>
    <message>
        <source>zookeeper-quorum-malformed</source>
        <translation>Flume 会拒绝 %1 中的“%2”：请把每台服务器写成 host:port，端口相同，用逗号分隔。</translation>
    </message>
    <message>
        <source>agent-takes-no-wire</source>
        <translation>请把连线画到 Agent 的某个组件上。</translation>
    </message>
    <message>
        <source>alike-cannot-connect</source>
        <translation>%1不能与另一个%1相连。</translation>
    </message>
    <message>
        <source>already-connected</source>
        <translation>它们已经相连。</translation>
    </message>
    <message>
        <source>bad-edit-range</source>
        <translation>此修改要替换字节 %1 到 %2，但在 %3 字节的文本中范围不是递增的。</translation>
    </message>
    <message>
        <source>bad-host-port</source>
        <translation>“%1”不是 host:port。</translation>
    </message>
    <message>
        <source>bad-own-key</source>
        <translation>“%1”不能用作 #@ 行的键。</translation>
    </message>
    <message>
        <source>channel-of-another-agent</source>
        <translation>一个 Channel 只属于一个 Agent。请用 Avro Sink 和 Avro Source，或用一个主题来连接 Agent。</translation>
    </message>
    <message>
        <source>clipboard-empty</source>
        <translation>剪贴板中没有拓扑的组成部分。</translation>
    </message>
    <message>
        <source>clipboard-too-large</source>
        <translation>剪贴板的内容超过 4 MiB，太大而无法粘贴。</translation>
    </message>
    <message>
        <source>cluster-named-by-address</source>
        <translation>此集群只由其地址命名。要给它命名，请先将其加入文件。</translation>
    </message>
    <message>
        <source>cluster-named-by-users</source>
        <translation>此集群只由使用它的组件提及：请修改或删除那些组件。</translation>
    </message>
    <message>
        <source>cluster-takes-no-wire</source>
        <translation>请把连线画到集群的某个主题上。</translation>
    </message>
    <message>
        <source>document-read-only</source>
        <translation>此文件由更新版本的 Millrace（版本 %1）写成，只能查看和运行。要修改它，请更新 Millrace。</translation>
    </message>
    <message>
        <source>empty-property-key</source>
        <translation>属性必须有键名。</translation>
    </message>
    <message>
        <source>empty-property-value</source>
        <translation>%1 的值不能为空。</translation>
    </message>
    <message>
        <source>empty-value-refused</source>
        <translation>Flume 会忽略值为空的属性：请改为删除 %1。</translation>
    </message>
    <message>
        <source>group-needs-sinks</source>
        <translation>Sink 组由 Sink 组成：请选中两个或更多 Sink，再把它们编为一组。</translation>
    </message>
    <message>
        <source>group-needs-two</source>
        <translation>Sink 组至少需要两个 Sink。</translation>
    </message>
    <message>
        <source>group-of-other-things</source>
        <translation>只有 Sink 可以编组。</translation>
    </message>
    <message>
        <source>group-of-two-agents</source>
        <translation>一个组的 Sink 必须属于同一个 Agent。</translation>
    </message>
    <message>
        <source>group-takes-no-wire</source>
        <translation>请把连线画到组内的某个 Sink 上。</translation>
    </message>
    <message>
        <source>in-another-group</source>
        <translation>“%1”已属于组“%2”。</translation>
    </message>
    <message>
        <source>kafka-needs-topic</source>
        <translation>Kafka Sink 通过主题到达 Kafka Source：请把连线画到主题上。</translation>
    </message>
    <message>
        <source>name-has-blanks</source>
        <translation>名称中不能有空白字符。</translation>
    </message>
    <message>
        <source>name-has-character</source>
        <translation>名称中不能有“%1”。</translation>
    </message>
    <message>
        <source>name-is-empty</source>
        <translation>名称不能为空。</translation>
    </message>
    <message>
        <source>name-is-long</source>
        <translation>名称不能超过 200 字节。</translation>
    </message>
    <message>
        <source>name-is-no-text</source>
        <translation>名称必须是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>name-taken</source>
        <translation>“%1”已经存在。</translation>
    </message>
    <message>
        <source>no-hop</source>
        <translation>类型为 %1 的 Sink 无法到达另一个 Agent 中类型为 %2 的 Source。请使用 Avro Sink 和 Avro Source，或在中间放一个主题。</translation>
    </message>
    <message>
        <source>no-such-group</source>
        <translation>此文件中没有 Sink 组 %1。</translation>
    </message>
    <message>
        <source>no-such-node</source>
        <translation>此文件中没有 %1。</translation>
    </message>
    <message>
        <source>no-such-wire</source>
        <translation>从 %1 到 %2 没有连线。</translation>
    </message>
    <message>
        <source>node-has-no-place</source>
        <translation>%1 没有自己的位置。</translation>
    </message>
    <message>
        <source>node-has-no-type</source>
        <translation>只有组件才有类型；这是%1。</translation>
    </message>
    <message>
        <source>node-needs-type</source>
        <translation>%1必须有类型。</translation>
    </message>
    <message>
        <source>not-a-node</source>
        <translation>%1 不是任何节点的名称。</translation>
    </message>
    <message>
        <source>note-takes-no-wire</source>
        <translation>便签没有连线。</translation>
    </message>
    <message>
        <source>only-kafka-channel</source>
        <translation>只有 Kafka Channel 会把事件保存在主题中。</translation>
    </message>
    <message>
        <source>only-kafka-sink</source>
        <translation>只有 Kafka Sink 能写入主题；“%1”的类型是 %2。</translation>
    </message>
    <message>
        <source>only-kafka-source</source>
        <translation>只有 Kafka Source 能读取主题；“%1”的类型是 %2。</translation>
    </message>
    <message>
        <source>sink-has-channel</source>
        <translation>一个 Sink 只能从一个 Channel 取数据：“%1”已从“%2”取数据。请先删除那条连线。</translation>
    </message>
    <message>
        <source>subscribes-by-pattern</source>
        <translation>“%1”订阅的是与某个模式匹配的主题（%2）。请先删除该设置。</translation>
    </message>
    <message>
        <source>traffic-is-input</source>
        <translation>流量是输入：请把它连到 Source 或主题。</translation>
    </message>
    <message>
        <source>traffic-not-read</source>
        <translation>流量可写到文件、TCP 端口或主题；类型为 %1 的 Source 在此不读取其中任何一种。</translation>
    </message>
    <message>
        <source>wire-needs-two-ends</source>
        <translation>连线需要两个端点。</translation>
    </message>
    <message>
        <source>already-running</source>
        <translation>已经在运行：请先停止。</translation>
    </message>
    <message>
        <source>broker-directory-in-use</source>
        <translation>另一个进程正在使用数据目录 %1：请停止该进程，或选择其他运行目录。</translation>
    </message>
    <message>
        <source>broker-directory-unusable</source>
        <translation>数据目录 %1 无法使用：%2</translation>
    </message>
    <message>
        <source>broker-silent</source>
        <translation>%1 处的 broker 没有应答：显示的是它最后给出的数据。</translation>
    </message>
    <message>
        <source>choice-unknown</source>
        <translation>此文件中没有 %1。其中有 %2。</translation>
    </message>
    <message>
        <source>cluster-unreachable</source>
        <translation>%1 处没有 Broker 应答：%2</translation>
    </message>
    <message>
        <source>disk-full</source>
        <translation>%1 所在的磁盘已满：请腾出空间，然后重新启动。</translation>
    </message>
    <message>
        <source>busy</source>
        <translation>一次请求过多：请稍后再试。</translation>
    </message>
    <message>
        <source>no-common-protocol</source>
        <translation>%1 与 %2 无法互相通信：请更新较旧的一方。</translation>
    </message>
    <message>
        <source>verb-unknown</source>
        <translation>那里无法执行 %1：对方的版本较旧。</translation>
    </message>
    <message>
        <source>node-not-running</source>
        <translation>%1 没有在运行。</translation>
    </message>
    <message>
        <source>nothing-running</source>
        <translation>没有任何内容在运行。</translation>
    </message>
    <message>
        <source>nothing-to-choose</source>
        <translation>此文件中没有 %1，也没有其他可运行的内容。</translation>
    </message>
    <message>
        <source>port-taken</source>
        <translation>%1 已被占用，可能是另一个 Kafka：请改用 %2，或停止那个程序。</translation>
    </message>
    <message>
        <source>records-out-of-reach</source>
        <translation>无法在此查看 %1 的消息：它不是内嵌集群。</translation>
    </message>
    <message>
        <source>run-directory-unusable</source>
        <translation>运行目录 %1 无法使用：%2。请选择其他目录（--dir）。</translation>
    </message>
    <message>
        <source>topic-refused</source>
        <translation>无法创建主题 %1：%2。</translation>
    </message>
    <message>
        <source>topic-unknown</source>
        <translation>此集群上没有主题 %1。</translation>
    </message>
    <message>
        <source>would-lose-events</source>
        <translation>%1 中有 %2 个事件，而没有 Sink 取走它们：它们会丢失。</translation>
    </message>
    <message>
        <source>traffic-paused-directory</source>
        <translation>%1 已超过 %2；请删除不需要的内容</translation>
    </message>
    <message>
        <source>traffic-paused-disk</source>
        <translation>%1 所在的磁盘只剩 %2，流量至少要留出 %3</translation>
    </message>
    <message>
        <source>system-refused</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>addressInUse</source>
        <translation>地址已被占用：%1</translation>
    </message>
    <message>
        <source>alreadyExists</source>
        <translation>已经存在：%1</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消：%1</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>连接或对象已关闭：%1</translation>
    </message>
    <message>
        <source>corrupt</source>
        <translation>数据已损坏：%1</translation>
    </message>
    <message>
        <source>denied</source>
        <translation>没有权限：%1</translation>
    </message>
    <message>
        <source>full</source>
        <translation>已满：%1</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部错误：%1</translation>
    </message>
    <message>
        <source>invalidArgument</source>
        <translation>无法使用此值：%1</translation>
    </message>
    <message>
        <source>io</source>
        <translation>操作系统拒绝：%1</translation>
    </message>
    <message>
        <source>noSpace</source>
        <translation>磁盘已满：%1</translation>
    </message>
    <message>
        <source>notFound</source>
        <translation>找不到：%1</translation>
    </message>
    <message>
        <source>outOfRange</source>
        <translation>超出限制：%1</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>对方违反协议：%1</translation>
    </message>
    <message>
        <source>timeout</source>
        <translation>超时：%1</translation>
    </message>
    <message>
        <source>unsupported</source>
        <translation>不支持：%1</translation>
    </message>
    <message>
        <source>no-answer-in-time</source>
        <translation>%1：没有及时应答</translation>
    </message>
    <message>
        <source>peer-closed</source>
        <translation>%1 关闭了连接</translation>
    </message>
    <message>
        <source>broker-refused</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>no-broker-answers</source>
        <translation>%1 处没有 Kafka Broker 应答</translation>
    </message>
    <message>
        <source>topic-missing</source>
        <translation>%2 处的 Kafka 没有主题 %1；正在等待它出现</translation>
    </message>
    <message>
        <source>amqp-closed-connection</source>
        <translation>Broker %1 关闭了连接：%2</translation>
    </message>
    <message>
        <source>amqp-closed-session</source>
        <translation>Broker %1 关闭了会话：%2</translation>
    </message>
    <message>
        <source>amqp-closed-source</source>
        <translation>Broker %1 关闭了 %2：%3</translation>
    </message>
    <message>
        <source>amqp-long-message</source>
        <translation>Broker %1 发来超过 %2 字节的消息，jms 不接收：请用其他方式将其从队列中取走</translation>
    </message>
    <message>
        <source>channel-disk-full</source>
        <translation>%1 只剩 %2 字节，minimumRequiredSpace 是 %3：在有空间之前不再接收事件，Channel 中已有的仍可取出</translation>
    </message>
    <message>
        <source>all-refused</source>
        <translation>最近 %1 个事件全部被拒绝，本批次第一个的原因：%2；与事件本身相比，更可能是目标位置的设置有误：在有事件被接收之前，它们保留在 Channel 中</translation>
    </message>
    <message>
        <source>channel-full</source>
        <translation>在 keep-alive 的 %2 秒内放不下 %1 个事件，capacity 是 %3（ChannelFullException）：Sink 比 Source 慢，或 capacity 太小</translation>
    </message>
    <message>
        <source>channel-full-bytes</source>
        <translation>在 keep-alive 的 %2 秒内放不下 %1 字节的 Body，byteCapacity 是 %3（ChannelException）：Sink 比 Source 慢，或 byteCapacity 太小</translation>
    </message>
    <message>
        <source>channel-not-open</source>
        <translation>Channel 没有打开：%1</translation>
    </message>
    <message>
        <source>channel-stopped</source>
        <translation>Channel 已停止</translation>
    </message>
    <message>
        <source>group-cannot-run</source>
        <translation>所在的组无法运行：%1</translation>
    </message>
    <message>
        <source>group-fails</source>
        <translation>组内没有可用的 Sink；每个 Sink 在等待结束后会再次尝试</translation>
    </message>
    <message>
        <source>sink-stopped</source>
        <translation>已手动停止</translation>
    </message>
    <message>
        <source>spool-file-changed</source>
        <translation>%1 在读取之后发生了变化，当时已送达 %2 字节：请把它移走，或换个名字以便重新读取；文件以其名字出现在 spoolDir 中时必须是完整的</translation>
    </message>
    <message>
        <source>spool-file-stuck</source>
        <translation>%1 无法继续读取：%2</translation>
    </message>
    <message>
        <source>spool-name-used</source>
        <translation>%1 已读完，但 %2 已经存在，无法标记为完成：请删除其中之一，或给它改名</translation>
    </message>
    <message>
        <source>file-is-directory</source>
        <translation>%1 是一个目录，不是拓扑文件。</translation>
    </message>
    <message>
        <source>file-too-large</source>
        <translation>%1 超过 64 MiB，这是作为拓扑文件可读取的上限。它是日志或数据文件吗？</translation>
    </message>
    <message>
        <source>runs-here-only</source>
        <translation>Apache Flume 1.11 无法加载 %2 类型 %3，不会启动 Agent %1 的任何组件：%4。Millrace 可以运行它。</translation>
    </message>
    <message>
        <source>interceptor-here-only</source>
        <translation>Apache Flume 1.11 无法加载拦截器类型 %3，会移除此 Source：%4。Millrace 可以运行它。</translation>
    </message>
    <message>
        <source>command-broken</source>
        <translation>命令的第 %1 条消息无法理解：%2；该命令已被结束，将重新启动</translation>
    </message>
    <message>
        <source>command-cut</source>
        <translation>命令在第 %2 条消息中途结束，退出码为 %1</translation>
    </message>
    <message>
        <source>command-ended</source>
        <translation>命令已结束，退出码为 %1；其错误输出在日志中</translation>
    </message>
    <message>
        <source>command-no-answer</source>
        <translation>命令没有以 ack 和事件数 %1 回答该批次；该命令已被结束，将重新启动</translation>
    </message>
    <message>
        <source>command-no-event</source>
        <translation>命令写出的不是事件；该命令已被结束，将重新启动</translation>
    </message>
    <message>
        <source>command-refused</source>
        <translation>命令拒绝了该批次：%1</translation>
    </message>
    <message>
        <source>command-silent</source>
        <translation>%3 毫秒后，命令只回答了 %1 个事件中的 %2 个；该命令已被结束，将带着相同的事件重新启动：请增大 answerTimeout，或减少一次交给它的事件</translation>
    </message>
    <message>
        <source>command-unasked</source>
        <translation>命令写出了无人请求的回答；该命令已被结束，将重新启动</translation>
    </message>
    <message>
        <source>http-not-sent-again</source>
        <translation>%1 回答了 %2，按规则该事件不再发送</translation>
    </message>
    <message>
        <source>http-sent-again</source>
        <translation>%1 回答了 %2，按规则该事件将再次发送</translation>
    </message>
    <message>
        <source>irc-long-line</source>
        <translation>IRC 服务器 %1 发来超过 %2 字节的一行：它可能不是 IRC 服务器</translation>
    </message>
    <message>
        <source>irc-refused</source>
        <translation>IRC 服务器 %1 拒绝了连接：%2</translation>
    </message>
    <message>
        <source>irc-refused-channel</source>
        <translation>IRC 服务器 %1 拒绝让 %2 进入 %3：%4</translation>
    </message>
    <message>
        <source>irc-refused-message</source>
        <translation>IRC 服务器 %1 拒绝了发往 %2 的消息：%3</translation>
    </message>
    <message>
        <source>irc-refused-nick</source>
        <translation>IRC 服务器 %1 拒绝了昵称 %2：%3</translation>
    </message>
    <message>
        <source>irc-removed</source>
        <translation>IRC 服务器 %1 将 %2 移出了 %3：%4</translation>
    </message>
    <message>
        <source>search-answered</source>
        <translation>%1 回答了 %2：%3</translation>
    </message>
    <message>
        <source>search-busy</source>
        <translation>%1 在多次尝试后仍过于繁忙，无法接收 %2 个事件：%3</translation>
    </message>
    <message>
        <source>search-refused</source>
        <translation>%1 拒绝该索引或此 Sink 的设置：%2</translation>
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
    <message>
        <source>own-class</source>
        <translation>除非 %2 类型 %3 的类位于其类路径中，Flume 不会启动 Agent %1 的任何组件。Millrace 不运行 Java：可用您自己的程序代替，即 command 类型的 %2。</translation>
    </message>
    <message>
        <source>own-interceptor-class</source>
        <translation>除非拦截器 %2 的类 %1 位于其类路径中，Flume 会移除此 Source。Millrace 不运行 Java：可用您自己的程序代替，即 command 类型的拦截器。</translation>
    </message>
    <message>
        <source>selector-here-only</source>
        <translation>Apache Flume 1.11 无法加载选择器 %3，会移除此 Source：%4。Millrace 可以运行它。</translation>
    </message>
</context>
</TS>
