<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AddMenu</name>
    <message>
        <source>source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>sink</source>
        <translation>Sink</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Kafka</source>
        <translation>Kafka</translation>
    </message>
    <message>
        <source>embedded cluster</source>
        <translation>内嵌集群</translation>
    </message>
    <message>
        <source>external cluster</source>
        <translation>外部集群</translation>
    </message>
    <message>
        <source>web log</source>
        <translation>网站日志</translation>
    </message>
    <message>
        <source>traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>框</translation>
    </message>
    <message>
        <source>note</source>
        <translation>便签</translation>
    </message>
    <message>
        <source>A topic, made before the run when it is not there yet.</source>
        <translation>一个主题（Topic）；若尚不存在，会在运行前创建。</translation>
    </message>
    <message>
        <source>A Kafka cluster that Millrace runs itself.</source>
        <translation>由 Millrace 自己运行的 Kafka 集群。</translation>
    </message>
    <message>
        <source>A Kafka cluster that runs elsewhere.</source>
        <translation>在别处运行的 Kafka 集群。</translation>
    </message>
    <message>
        <source>Made-up input: a web access log at a set rate.</source>
        <translation>模拟输入：按设定速率产生的网站访问日志。</translation>
    </message>
    <message>
        <source>Made-up input: orders of a shop at a set rate.</source>
        <translation>模拟输入：按设定速率产生的商店订单。</translation>
    </message>
    <message>
        <source>A Flume agent: sources, channels and sinks that run together.</source>
        <translation>Flume Agent：一起运行的 Source（数据源）、Channel（通道）和 Sink。</translation>
    </message>
    <message>
        <source>A note on the canvas.</source>
        <translation>画布上的便签。</translation>
    </message>
</context>
<context>
    <name>Badges</name>
    <message>
        <source>Edited: what runs is as it was before.</source>
        <translation>已编辑：正在运行的仍是修改前的版本。</translation>
    </message>
</context>
<context>
    <name>CanvasMenu</name>
    <message>
        <source>Move to agent</source>
        <translation>移到 Agent</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销：%1(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做：%1(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>打开最近的文件(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Examples</source>
        <translation>示例(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题外观(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>面板(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New</source>
        <translation>新建(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开……(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>另存为……(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>关闭(&amp;C)</translation>
    </message>
    <message>
        <source>Open run &amp;folder</source>
        <translation>打开运行文件夹(&amp;F)</translation>
    </message>
    <message>
        <source>Export as &amp;picture…</source>
        <translation>导出为图片……(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>剪切(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>复制(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>粘贴(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>再制(&amp;D)</translation>
    </message>
    <message>
        <source>D&amp;elete</source>
        <translation>删除(&amp;E)</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>重命名(&amp;N)</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>全选(&amp;A)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Actual size</source>
        <translation>实际大小(&amp;A)</translation>
    </message>
    <message>
        <source>Show &amp;everything</source>
        <translation>显示全部(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Tidy up</source>
        <translation>整理布局(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Canvas only</source>
        <translation>仅显示画布(&amp;C)</translation>
    </message>
    <message>
        <source>Reduced &amp;motion</source>
        <translation>减少动画(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Move panels</source>
        <translation>移动面板(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Restore panels</source>
        <translation>恢复面板(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>停止(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Burst of traffic</source>
        <translation>突发流量(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Keyboard and mouse</source>
        <translation>键盘与鼠标(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Millrace</source>
        <translation>关于 Millrace(&amp;A)</translation>
    </message>
    <message>
        <source>As the &amp;desktop</source>
        <translation>跟随桌面(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>D&amp;ark</source>
        <translation>深色(&amp;A)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Delete run data…</source>
        <translation>删除运行数据……(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Wheel scrolls instead of zooming</source>
        <translation>滚轮用于滚动而不是缩放(&amp;W)</translation>
    </message>
    <message>
        <source>Stop the topology before closing it.</source>
        <translation>请先停止拓扑，再将其关闭。</translation>
    </message>
    <message>
        <source>The picture cannot be saved</source>
        <translation>无法保存图片</translation>
    </message>
    <message>
        <source>Delete the run data?</source>
        <translation>删除运行数据？</translation>
    </message>
    <message>
        <source>What runs of this document have written is deleted: records of topics, positions, files that sinks made. The document itself stays.</source>
        <translation>将删除此文档历次运行写下的内容：主题中的消息、读取位置、Sink 生成的文件。文档本身保留。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Not everything in %1 could be deleted.</source>
        <translation>%1 中有内容未能删除。</translation>
    </message>
    <message>
        <source>Run the topology</source>
        <translation>运行拓扑</translation>
    </message>
    <message>
        <source>Stop; events on the way are delivered first</source>
        <translation>停止；先送达途中的事件</translation>
    </message>
    <message>
        <source>D&amp;elete wire</source>
        <translation>删除连线(&amp;E)</translation>
    </message>
    <message>
        <source>Dissol&amp;ve group</source>
        <translation>解散组(&amp;V)</translation>
    </message>
    <message>
        <source>Select what leads &amp;here</source>
        <translation>选择上游(&amp;H)</translation>
    </message>
    <message>
        <source>Select where this lea&amp;ds</source>
        <translation>选择下游(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>添加(&amp;A)…</translation>
    </message>
    <message>
        <source>Draw a &amp;wire</source>
        <translation>画连线(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Move to another agent</source>
        <translation>移到其他 Agent(&amp;M)</translation>
    </message>
    <message>
        <source>Adopt into the &amp;file</source>
        <translation>纳入文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Properties</source>
        <translation>属性(&amp;P)</translation>
    </message>
    <message>
        <source>Pee&amp;k at events</source>
        <translation>查看事件(&amp;K)</translation>
    </message>
    <message>
        <source>Group for &amp;fail-over</source>
        <translation>组成故障转移组(&amp;F)</translation>
    </message>
    <message>
        <source>Group for load &amp;balancing</source>
        <translation>组成负载均衡组(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Burst: %1 for ten seconds</source>
        <translation>突发：十秒内以 %1 发送(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Node</source>
        <translation>节点(&amp;N)</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Flume properties (*.conf *.properties);;All files (*)</source>
        <translation>Flume 配置文件 (*.conf *.properties);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a topology</source>
        <translation>打开拓扑</translation>
    </message>
    <message>
        <source>Save the topology</source>
        <translation>保存拓扑</translation>
    </message>
    <message>
        <source>SVG picture (*.svg)</source>
        <translation>SVG 图片 (*.svg)</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG 图片 (*.png)</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>保存图片</translation>
    </message>
</context>
<context>
    <name>Drawing</name>
    <message>
        <source>web log</source>
        <translation>网站日志</translation>
    </message>
    <message>
        <source>orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message numerus="yes">
        <source>topic · %n partition(s)</source>
        <translation>
            <numerusform>主题 · %n 个分区</numerusform>
        </translation>
    </message>
    <message>
        <source>cluster · embedded</source>
        <translation>集群 · 内嵌</translation>
    </message>
    <message>
        <source>cluster · external</source>
        <translation>集群 · 外部</translation>
    </message>
    <message>
        <source>agent · this computer</source>
        <translation>Agent · 本机</translation>
    </message>
    <message>
        <source>agent · %1</source>
        <translation>Agent · %1</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>Web log through Kafka</source>
        <translation>网站日志经由 Kafka</translation>
    </message>
    <message>
        <source>A tail, a topic with three partitions, a second agent that files what it reads.</source>
        <translation>跟踪日志文件，写入三个分区的主题，再由第二个 Agent 读出并存成文件。</translation>
    </message>
    <message>
        <source>One agent</source>
        <translation>单个 Agent</translation>
    </message>
    <message>
        <source>netcat, memory channel, logger: type and see.</source>
        <translation>netcat、内存 Channel、logger：输入即可看到。</translation>
    </message>
    <message>
        <source>Chain of two agents</source>
        <translation>两个 Agent 串联</translation>
    </message>
    <message>
        <source>Avro from hop to hop; stop one and watch the other wait.</source>
        <translation>通过 Avro 逐跳传送；停掉一个，看另一个如何等待。</translation>
    </message>
    <message>
        <source>Fan-out</source>
        <translation>扇出</translation>
    </message>
    <message>
        <source>One source, several channels: copies for all, or by header.</source>
        <translation>一个 Source，多个 Channel：全部复制，或按 Header 分流。</translation>
    </message>
    <message>
        <source>Failover group</source>
        <translation>故障转移组</translation>
    </message>
    <message>
        <source>A second sink takes over when the first one fails.</source>
        <translation>第一个 Sink 出故障时，由第二个接替。</translation>
    </message>
    <message>
        <source>Load-balancing group</source>
        <translation>负载均衡组</translation>
    </message>
    <message>
        <source>Several collectors share the work; one goes, the others carry on.</source>
        <translation>多个采集端分担工作；一个离开，其余继续。</translation>
    </message>
    <message>
        <source>Aggregation</source>
        <translation>汇聚</translation>
    </message>
    <message>
        <source>Many web servers, one collector.</source>
        <translation>多台网站服务器，一个采集端。</translation>
    </message>
    <message>
        <source>Peak shaving</source>
        <translation>削峰</translation>
    </message>
    <message>
        <source>A burst that no store could take, held by a topic.</source>
        <translation>存储端承受不了的突发流量，由主题缓冲。</translation>
    </message>
    <message>
        <source>Events on the disk</source>
        <translation>事件落盘</translation>
    </message>
    <message>
        <source>A file channel: what is in it outlives the agent and the machine.</source>
        <translation>file Channel：其中的事件在 Agent 或机器停止后仍然保留。</translation>
    </message>
    <message>
        <source>Into a data lake</source>
        <translation>写入数据湖</translation>
    </message>
    <message>
        <source>Files by day and hour, on this computer or in HDFS.</source>
        <translation>按日期和小时分目录的文件，存放在本机或 HDFS。</translation>
    </message>
    <message>
        <source>A topic as the channel</source>
        <translation>以主题作为 Channel</translation>
    </message>
    <message>
        <source>An agent without a sink and one without a source, and Kafka between them.</source>
        <translation>一个没有 Sink 的 Agent 和一个没有 Source 的 Agent，中间是 Kafka。</translation>
    </message>
    <message>
        <source>Press Run. Then: kcat -b 127.0.0.1:9092 -C -t weblog</source>
        <translation>按“运行”，然后执行：kcat -b 127.0.0.1:9092 -C -t weblog</translation>
    </message>
    <message>
        <source>Type to it yourself: nc 127.0.0.1 44444</source>
        <translation>也可自己输入：nc 127.0.0.1 44444</translation>
    </message>
    <message>
        <source>Stop the sink files: hub fills, then web waits. Start it: nothing is lost.</source>
        <translation>停止 Sink files：hub 逐渐填满，然后 web 等待。再启动它：什么都没有丢失。</translation>
    </message>
    <message>
        <source>Stop the source in of agent main: the spare takes over. Start it: main is asked again.</source>
        <translation>停止 Agent main 的 Source in：spare 接替。再启动它：又重新使用 main。</translation>
    </message>
    <message>
        <source>Stop one collector: the other two carry on.</source>
        <translation>停止一个采集 Agent：另外两个继续工作。</translation>
    </message>
    <message>
        <source>Stop the sink files: events wait on the disk. End Millrace by force, run it again: none is lost.</source>
        <translation>停止 Sink files：事件在磁盘上等待。强制结束 Millrace 后再次运行：一个也不会丢失。</translation>
    </message>
    <message>
        <source>Press Burst on rush: the topic holds what the archive cannot take yet, and the lag shows it.</source>
        <translation>在 rush 上按“突发”：archive 来不及取走的由主题保存，积压会显示出来。</translation>
    </message>
    <message>
        <source>Look into lake: a directory for each hour. A file loses its .tmp once it is whole.</source>
        <translation>查看 lake 目录：每小时一个子目录。文件写完整后会去掉 .tmp。</translation>
    </message>
    <message>
        <source>Stop the sink files: the topic keeps what comes, and the lag shows it. Start it: it reads on where it was.</source>
        <translation>停止 Sink files：到来的数据由主题保存，积压会显示出来。再启动它：从原处继续读取。</translation>
    </message>
</context>
<context>
    <name>FlowReport</name>
    <message>
        <source>%1 (%2)</source>
        <comment>name of a component (its type)</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 is paused: %2</source>
        <translation>%1 已暂停：%2</translation>
    </message>
    <message>
        <source>%1 fails and is tried again: %2</source>
        <translation>%1 出错，正在重试：%2</translation>
    </message>
    <message>
        <source>Channel %1 is %2 full, and no sink takes from it.</source>
        <translation>Channel %1 已满 %2，且没有 Sink 从中取出事件。</translation>
    </message>
    <message>
        <source>Channel %1 is %2 full.</source>
        <translation>Channel %1 已满 %2。</translation>
    </message>
    <message>
        <source>Bottleneck: %1 takes %2, %3 arrive. Channel %4 is full in %5.</source>
        <translation>瓶颈：%1 处理 %2，到达 %3。Channel %4 将在 %5 后装满。</translation>
    </message>
    <message>
        <source>Channel %1 is %2 full; %3 keeps up with what arrives.</source>
        <translation>Channel %1 已满 %2；%3 跟得上到达的事件。</translation>
    </message>
    <message>
        <source>Nobody reads for group %1: it is %2 records behind on %3, and more arrive.</source>
        <translation>消费组 %1 没有成员在读取：它在主题 %3 上积压 %2 条消息，并且还在增加。</translation>
    </message>
    <message>
        <source>Group %1 is %2 records behind on %3 and falls back by %4.</source>
        <translation>消费组 %1 在主题 %3 上积压 %2 条消息，并以 %4 的速度继续落后。</translation>
    </message>
    <message>
        <source>Group %1 is %2 records behind on %3 and catches up in %4.</source>
        <translation>消费组 %1 在主题 %3 上积压 %2 条消息，将在 %4 内追上。</translation>
    </message>
    <message>
        <source>Stopped. Press F5 to run.</source>
        <translation>已停止。按 F5 运行。</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动……</translation>
    </message>
    <message numerus="yes">
        <source>Stopping: %n event(s) still on the way.</source>
        <translation>
            <numerusform>正在停止：还有 %n 个事件在途中。</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything flows; nothing is held back.</source>
        <translation>一切畅通，没有阻塞。</translation>
    </message>
    <message>
        <source>Running; no events arrive at the moment.</source>
        <translation>正在运行；目前没有事件到达。</translation>
    </message>
    <message>
        <source>in %1 · out %2 · in flight %3 · failed %4</source>
        <translation>流入 %1 · 流出 %2 · 在途 %3 · 失败 %4</translation>
    </message>
    <message>
        <source>Bottleneck: %1 takes %2, so channel %3 is %4 full and what comes before it waits.</source>
        <translation>瓶颈：%1 只能处理 %2，Channel %3 已满 %4，其上游正在等待。</translation>
    </message>
    <message>
        <source>Running, but nothing of this file runs here.</source>
        <translation>正在运行，但此文件中没有任何部分在这里运行。</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s) of this file do not run: see Problems.</source>
        <translation>
            <numerusform>此文件中有 %n 个组件未运行：请看“问题”。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped; %n event(s) were lost.</source>
        <translation>
            <numerusform>已停止；丢失了 %n 个事件。</numerusform>
        </translation>
    </message>
    <message>
        <source>in %1 · out %2 · lost %3 · kept on disk %4 · failed %5</source>
        <translation>流入 %1 · 流出 %2 · 丢失 %3 · 保留在磁盘 %4 · 失败 %5</translation>
    </message>
</context>
<context>
    <name>Ghosts</name>
    <message numerus="yes">
        <source>%n more topic(s)</source>
        <translation>
            <numerusform>还有 %n 个主题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more group(s)</source>
        <translation>
            <numerusform>还有 %n 个消费组</numerusform>
        </translation>
    </message>
    <message>
        <source>topic · not in the file</source>
        <translation>主题 · 不在文件中</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 条消息</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>Keyboard and mouse</source>
        <translation>键盘与鼠标</translation>
    </message>
    <message>
        <source>Wheel, Ctrl+wheel</source>
        <translation>滚轮、Ctrl+滚轮</translation>
    </message>
    <message>
        <source>Zoom at the pointer</source>
        <translation>以指针为中心缩放</translation>
    </message>
    <message>
        <source>Middle button, Space+drag</source>
        <translation>中键、空格+拖动</translation>
    </message>
    <message>
        <source>Move the paper</source>
        <translation>移动画布</translation>
    </message>
    <message>
        <source>Draw a wire</source>
        <translation>画连线</translation>
    </message>
    <message>
        <source>Click on a wire or topic</source>
        <translation>点击连线或主题</translation>
    </message>
    <message>
        <source>Look at the events that pass</source>
        <translation>查看正在经过的事件</translation>
    </message>
    <message>
        <source>About Millrace</source>
        <translation>关于 Millrace</translation>
    </message>
    <message>
        <source>Draw, run and watch Apache Flume and Apache Kafka topologies.

Free software under the GNU General Public License, version 3 or later. Apache, Apache Flume and Apache Kafka are trademarks of the Apache Software Foundation.</source>
        <translation>绘制、运行并观察 Apache Flume 与 Apache Kafka 拓扑。

自由软件，遵循 GNU 通用公共许可证第 3 版或更新版本。Apache、Apache Flume 和 Apache Kafka 是 Apache 软件基金会的商标。</translation>
    </message>
    <message>
        <source>Drag from a port or a node&apos;s edge, or a node onto another</source>
        <translation>从端口或节点边缘拖出，或把一个节点拖到另一个上</translation>
    </message>
    <message>
        <source>Leave the canvas, forwards or backwards</source>
        <translation>把键盘焦点移到画布之后或之前的控件</translation>
    </message>
    <message>
        <source>Alt+drag, Ctrl+right drag</source>
        <translation>Alt+拖动、Ctrl+右键拖动</translation>
    </message>
    <message>
        <source>Cut the wires that are crossed</source>
        <translation>切断划过的连线</translation>
    </message>
    <message>
        <source>Select nothing</source>
        <translation>取消选择</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>方向键</translation>
    </message>
    <message>
        <source>Move the selection, or the paper</source>
        <translation>移动所选内容或画布</translation>
    </message>
</context>
<context>
    <name>LiveFaces</name>
    <message>
        <source>group %1</source>
        <translation>消费组 %1</translation>
    </message>
    <message>
        <source>in no list: ignored</source>
        <translation>未列入清单：被忽略</translation>
    </message>
    <message>
        <source>retrying, attempt %1</source>
        <translation>正在重试，第 %1 次</translation>
    </message>
    <message>
        <source>retrying</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>Apache Flume only</source>
        <translation>仅限 Apache Flume</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>paused: disk limit</source>
        <translation>已暂停：磁盘限额</translation>
    </message>
    <message>
        <source>%1 · %2 of %3</source>
        <translation>%1 · %2 / %3</translation>
    </message>
    <message numerus="yes">
        <source>topic · %n partition(s)</source>
        <translation>
            <numerusform>主题 · %n 个分区</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 条消息</translation>
    </message>
    <message>
        <source>no lag</source>
        <translation>无积压</translation>
    </message>
    <message>
        <source>lag %1</source>
        <translation>积压 %1</translation>
    </message>
</context>
<context>
    <name>NodeWords</name>
    <message>
        <source>source</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>channel</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>sink</source>
        <translation>Sink</translation>
    </message>
    <message>
        <source>sink group</source>
        <translation>Sink 组</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>topic</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>traffic</source>
        <translation>流量</translation>
    </message>
    <message>
        <source>note</source>
        <translation>便签</translation>
    </message>
    <message>
        <source>%1 source in agent %2</source>
        <extracomment>%1 is a type such as kafka, %2 the name of an agent</extracomment>
        <translation>Agent %2 中的 %1 Source</translation>
    </message>
    <message>
        <source>%1 channel in agent %2</source>
        <translation>Agent %2 中的 %1 Channel</translation>
    </message>
    <message>
        <source>%1 sink in agent %2</source>
        <translation>Agent %2 中的 %1 Sink</translation>
    </message>
    <message>
        <source>sink group (%1) in agent %2</source>
        <translation>Agent %2 中的 Sink 组（%1）</translation>
    </message>
    <message>
        <source>agent on this computer</source>
        <translation>本机上的 Agent</translation>
    </message>
    <message>
        <source>Kafka cluster embedded in Millrace</source>
        <translation>Millrace 内嵌的 Kafka 集群</translation>
    </message>
    <message>
        <source>external Kafka cluster</source>
        <translation>外部 Kafka 集群</translation>
    </message>
    <message>
        <source>Kafka topic</source>
        <translation>Kafka 主题</translation>
    </message>
    <message>
        <source>made-up input</source>
        <translation>模拟输入</translation>
    </message>
    <message>
        <source>events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>events/s</source>
        <translation>事件/秒</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>字节</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>毫秒</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>%1 T</source>
        <translation>%1 T</translation>
    </message>
    <message>
        <source>%1 G</source>
        <translation>%1 G</translation>
    </message>
    <message>
        <source>%1 M</source>
        <translation>%1 M</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>%1 G/s</source>
        <translation>%1 G/秒</translation>
    </message>
    <message>
        <source>%1 M/s</source>
        <translation>%1 M/秒</translation>
    </message>
    <message>
        <source>%1 k/s</source>
        <translation>%1 k/秒</translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation>%1 /秒</translation>
    </message>
    <message>
        <source>%1 PB</source>
        <translation>%1 PB</translation>
    </message>
    <message>
        <source>%1 TB</source>
        <translation>%1 TB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 B</source>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 毫秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&lt;%1 %</source>
        <translation>&lt;%1 %</translation>
    </message>
    <message>
        <source>&gt;%1 %</source>
        <translation>&gt;%1 %</translation>
    </message>
</context>
<context>
    <name>PickMode</name>
    <message>
        <source>Enter draws a wire from %1 to %2. Arrows and Tab go on, Esc leaves.</source>
        <translation>按 Enter 从 %1 到 %2 画连线。方向键和 Tab 切换目标，Esc 退出。</translation>
    </message>
    <message>
        <source>Enter moves the selection to agent %1. Arrows and Tab go on, Esc leaves.</source>
        <translation>按 Enter 将所选内容移到 Agent %1。方向键和 Tab 切换目标，Esc 退出。</translation>
    </message>
</context>
<context>
    <name>PictureExporter</name>
    <message>
        <source>A picture&apos;s name ends with .svg or .png. %1 was not written.</source>
        <translation>图片文件名须以 .svg 或 .png 结尾。未写入 %1。</translation>
    </message>
    <message>
        <source>The picture could not be written to %1. Choose another folder.</source>
        <translation>图片无法写入 %1。请选择其他文件夹。</translation>
    </message>
    <message>
        <source>There is not enough memory for a picture of the whole drawing. A .svg needs less.</source>
        <translation>内存不足，无法生成整张图的图片。.svg 所需内存较少。</translation>
    </message>
</context>
<context>
    <name>Ports</name>
    <message>
        <source>Out: events for channels</source>
        <translation>输出：送往 Channel 的事件</translation>
    </message>
    <message>
        <source>In: events from outside</source>
        <translation>输入：来自外部的事件</translation>
    </message>
    <message>
        <source>Out: events for sinks</source>
        <translation>输出：供 Sink 取走的事件</translation>
    </message>
    <message>
        <source>In: events of sources</source>
        <translation>输入：来自 Source 的事件</translation>
    </message>
    <message>
        <source>Out: to the next agent or a topic</source>
        <translation>输出：送往下一个 Agent 或主题</translation>
    </message>
    <message>
        <source>In: events of one channel</source>
        <translation>输入：来自一个 Channel 的事件</translation>
    </message>
    <message>
        <source>Out: records for consumer groups</source>
        <translation>输出：供消费组读取的消息</translation>
    </message>
    <message>
        <source>In: records of producers</source>
        <translation>输入：生产者写入的消息</translation>
    </message>
    <message>
        <source>Out: made-up events</source>
        <translation>输出：模拟生成的事件</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>kind and name of a node</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Use %1 instead</source>
        <translation>改用 %1</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Screens</name>
    <message>
        <source>Palette</source>
        <translation>组件面板</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>检查器</translation>
    </message>
    <message>
        <source>Monitor</source>
        <translation>监控</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>StateWords</name>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>running, nothing to do</source>
        <translation>运行中，暂无事件</translation>
    </message>
    <message>
        <source>waiting for what comes after it</source>
        <translation>等待下游</translation>
    </message>
    <message>
        <source>failing, tried again</source>
        <translation>出错，正在重试</translation>
    </message>
    <message>
        <source>runs on Apache Flume only</source>
        <translation>只能在 Apache Flume 上运行</translation>
    </message>
    <message>
        <source>left out because of an error</source>
        <translation>因错误而未运行</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>in a state that this version does not know</source>
        <translation>处于此版本不认识的状态</translation>
    </message>
</context>
<context>
    <name>SystemWords</name>
    <message>
        <source>Address already in use</source>
        <translation>地址已被占用</translation>
    </message>
    <message>
        <source>Broken pipe</source>
        <translation>管道已断开</translation>
    </message>
    <message>
        <source>Cannot assign requested address</source>
        <translation>本机没有这个地址</translation>
    </message>
    <message>
        <source>Connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>Connection reset by peer</source>
        <translation>连接被对方重置</translation>
    </message>
    <message>
        <source>Connection timed out</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>Disk quota exceeded</source>
        <translation>超出磁盘配额</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>文件已存在</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>文件名太长</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>输入/输出错误</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>是一个目录</translation>
    </message>
    <message>
        <source>Network is unreachable</source>
        <translation>网络不可达</translation>
    </message>
    <message>
        <source>No route to host</source>
        <translation>没有到主机的路由</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>没有此文件或目录</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>不是目录</translation>
    </message>
    <message>
        <source>Operation not permitted</source>
        <translation>不允许此操作</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>权限不够</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>只读文件系统</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>打开的文件太多</translation>
    </message>
</context>
<context>
    <name>Trust</name>
    <message>
        <source>%1 starts the command: %2</source>
        <translation>%1 会执行命令：%2</translation>
    </message>
    <message>
        <source>%1 uses the path: %2</source>
        <translation>%1 会使用路径：%2</translation>
    </message>
    <message>
        <source>%1 uses what is set on this computer: %2</source>
        <translation>%1 会使用本机上的设置：%2</translation>
    </message>
</context>
<context>
    <name>millrace::canvas::AddMenu</name>
    <message>
        <source>Add a node</source>
        <translation>添加节点</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加……</translation>
    </message>
    <message>
        <source>%1, Apache Flume only</source>
        <translation>%1，仅限 Apache Flume</translation>
    </message>
    <message>
        <source>%1   %2</source>
        <comment>name and group of an entry</comment>
        <translation>%1   %2</translation>
    </message>
</context>
<context>
    <name>millrace::canvas::CanvasCommands</name>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Connect %1 and %2</source>
        <translation>连接 %1 与 %2</translation>
    </message>
    <message>
        <source>Delete a wire</source>
        <translation>删除连线</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n node(s)</source>
        <translation>
            <numerusform>删除 %n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>移动 %1</translation>
    </message>
    <message numerus="yes">
        <source>Move %n node(s)</source>
        <translation>
            <numerusform>移动 %n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>Rename %1 to %2</source>
        <translation>将 %1 重命名为 %2</translation>
    </message>
    <message>
        <source>Group sinks</source>
        <translation>组合 Sink</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>整理布局</translation>
    </message>
    <message>
        <source>Adopt topic %1</source>
        <translation>收入主题 %1</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n wire(s)</source>
        <translation>
            <numerusform>删除 %n 条连线</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to agent %1</source>
        <translation>移到 Agent %1</translation>
    </message>
</context>
<context>
    <name>millrace::canvas::CanvasView</name>
    <message>
        <source>Drawing of the topology</source>
        <translation>拓扑图</translation>
    </message>
    <message>
        <source>Drag a source from the left onto the paper,
or press Tab to add anything.</source>
        <translation>从左侧把 Source 拖到画布上，
或按 Tab 键添加任何节点。</translation>
    </message>
</context>
<context>
    <name>millrace::canvas::Clipboard</name>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>再制</translation>
    </message>
</context>
<context>
    <name>millrace::canvas::PeekCard</name>
    <message>
        <source>partition %1</source>
        <translation>分区 %1</translation>
    </message>
    <message>
        <source>offset %1</source>
        <translation>偏移量 %1</translation>
    </message>
    <message>
        <source>key %1</source>
        <translation>键 %1</translation>
    </message>
    <message>
        <source>Events of %1</source>
        <translation>%1 的事件</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>全部复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Waiting for the next event</source>
        <translation>等待下一个事件</translation>
    </message>
    <message>
        <source>no event yet</source>
        <translation>还没有事件</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) shown</source>
        <translation>
            <numerusform>已显示 %n 个事件</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 shown, %2 passed unseen</source>
        <translation>已显示 %1 个，另有 %2 个未显示</translation>
    </message>
    <message>
        <source> … (%1 in all)</source>
        <translation> ……（共 %1）</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
</context>
<context>
    <name>millrace::canvas::RenameEditor</name>
    <message>
        <source>New name</source>
        <translation>新名称</translation>
    </message>
</context>
<context>
    <name>millrace::canvas::ZoomPill</name>
    <message>
        <source>Zoom out (Ctrl+−)</source>
        <translation>缩小 (Ctrl+−)</translation>
    </message>
    <message>
        <source>Zoom in (Ctrl++)</source>
        <translation>放大 (Ctrl++)</translation>
    </message>
    <message>
        <source>Show everything (Ctrl+0)</source>
        <translation>显示全部 (Ctrl+0)</translation>
    </message>
</context>
<context>
    <name>millrace::commands::CommandRegistry</name>
    <message>
        <source>%1 (%2)</source>
        <extracomment>%1 is what a button does, %2 the key that does it too</extracomment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>millrace::studio::AddPropertyRow</name>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Name of the new property %1</source>
        <translation>新属性 %1 的名称</translation>
    </message>
</context>
<context>
    <name>millrace::studio::ChartCanvas</name>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>%1%2 min</source>
        <translation>%1%2 分钟</translation>
    </message>
    <message>
        <source>%1%2 s</source>
        <translation>%1%2 秒</translation>
    </message>
</context>
<context>
    <name>millrace::studio::ChartCard</name>
    <message>
        <source>%1: %2</source>
        <extracomment>legend entry under the crosshair: name of the line, value at that moment</extracomment>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>millrace::studio::ChoiceEditor</name>
    <message>
        <source>‹mixed›</source>
        <translation>‹不一致›</translation>
    </message>
    <message>
        <source>%1 (default)</source>
        <translation>%1（默认）</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>选择……</translation>
    </message>
</context>
<context>
    <name>millrace::studio::DocumentFiles</name>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Save the changes in %1?</source>
        <translation>是否保存对 %1 的更改？</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Do not save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>The topology is running</source>
        <translation>拓扑正在运行</translation>
    </message>
    <message>
        <source>%1 is running. Stop it first?</source>
        <translation>%1 正在运行。要先停止吗？</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The file cannot be opened</source>
        <translation>无法打开文件</translation>
    </message>
    <message>
        <source>The file cannot be saved</source>
        <translation>无法保存文件</translation>
    </message>
    <message>
        <source>Reload from disk</source>
        <translation>从磁盘重新载入</translation>
    </message>
    <message>
        <source>Run a file from elsewhere?</source>
        <translation>要运行来自别处的文件吗？</translation>
    </message>
    <message>
        <source>%1 was not made here. When it runs, it does this on your computer:</source>
        <translation>%1 不是在这里创建的。运行时，它会在您的计算机上执行以下操作：</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>What its runs have written is deleted unless it is saved.</source>
        <translation>如不保存，运行时写入的数据也会一并删除。</translation>
    </message>
    <message>
        <source>Changed by another program</source>
        <translation>已被其他程序更改</translation>
    </message>
    <message>
        <source>%1 was changed by another program. Saving replaces what it wrote.</source>
        <translation>%1 已被其他程序更改。保存会覆盖它写入的内容。</translation>
    </message>
    <message>
        <source>Save all the same</source>
        <translation>仍然保存</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新载入</translation>
    </message>
</context>
<context>
    <name>millrace::studio::DocumentNotices</name>
    <message>
        <source>%1 is not on the disk any more.</source>
        <translation>%1 已不在磁盘上。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>%1 was changed by another program, and here too.</source>
        <translation>%1 已被其他程序更改，这里也有未保存的更改。</translation>
    </message>
    <message>
        <source>%1 was changed by another program.</source>
        <translation>%1 已被其他程序更改。</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>重新载入</translation>
    </message>
    <message>
        <source>Keep this version</source>
        <translation>保留此版本</translation>
    </message>
</context>
<context>
    <name>millrace::studio::DocumentOverview</name>
    <message>
        <source>Agents</source>
        <translation>Agent</translation>
    </message>
    <message>
        <source>None yet. Drag a source onto the canvas to make one.</source>
        <translation>还没有。将一个 Source 拖到画布上即可创建。</translation>
    </message>
    <message numerus="yes">
        <source>%n component(s)</source>
        <translation>
            <numerusform>%n 个组件</numerusform>
        </translation>
    </message>
    <message>
        <source>Kafka clusters</source>
        <translation>Kafka 集群</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>No problems found.</source>
        <translation>未发现问题。</translation>
    </message>
    <message numerus="yes">
        <source>%n more in the list of problems</source>
        <translation>
            <numerusform>问题列表中还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>第 %1 行</translation>
    </message>
</context>
<context>
    <name>millrace::studio::DocumentStore</name>
    <message>
        <source>untitled</source>
        <translation>未命名</translation>
    </message>
</context>
<context>
    <name>millrace::studio::DotButton</name>
    <message>
        <source>Not in the file: the default counts</source>
        <translation>不在文件中：采用默认值</translation>
    </message>
    <message>
        <source>In the file. Click to go back to the default</source>
        <translation>已写入文件。点击可恢复默认值</translation>
    </message>
    <message>
        <source>In the file, with the default&apos;s value. Click to take it out</source>
        <translation>已写入文件，且与默认值相同。点击可将其移除</translation>
    </message>
    <message>
        <source>Different values. Click to go back to the default everywhere</source>
        <translation>值不一致。点击可全部恢复默认值</translation>
    </message>
</context>
<context>
    <name>millrace::studio::DrainingDialog</name>
    <message>
        <source>Stop at once</source>
        <translation>立即停止</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>正在停止</translation>
    </message>
    <message numerus="yes">
        <source>%n event(s) are still on the way and are being delivered.</source>
        <translation>
            <numerusform>还有 %n 个事件在途中，正在送达。</numerusform>
        </translation>
    </message>
    <message>
        <source>The last components are being stopped.</source>
        <translation>正在停止最后几个组件。</translation>
    </message>
    <message>
        <source>Keep the window open</source>
        <translation>不关闭窗口</translation>
    </message>
</context>
<context>
    <name>millrace::studio::InspectorPanel</name>
    <message>
        <source>Properties</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Click to rename; every mention follows</source>
        <translation>点击即可重命名，所有引用随之更新</translation>
    </message>
    <message>
        <source>Burst</source>
        <translation>突发</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>The whole document</source>
        <translation>整个文档</translation>
    </message>
    <message>
        <source>Properties that all of them have</source>
        <translation>它们共有的属性</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>重命名 %1</translation>
    </message>
    <message>
        <source>%1 for ten seconds</source>
        <translation>以 %1 持续十秒</translation>
    </message>
</context>
<context>
    <name>millrace::studio::Leftovers</name>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>millrace::studio::LineEditor</name>
    <message>
        <source>‹mixed›</source>
        <translation>‹不一致›</translation>
    </message>
</context>
<context>
    <name>millrace::studio::ListEditor</name>
    <message>
        <source>‹mixed›</source>
        <translation>‹不一致›</translation>
    </message>
    <message>
        <source>choose…</source>
        <translation>选择……</translation>
    </message>
</context>
<context>
    <name>millrace::studio::LivePage</name>
    <message>
        <source>Counters since the start</source>
        <translation>启动以来的计数</translation>
    </message>
    <message>
        <source>Press Run to see live figures here.</source>
        <translation>点击“运行”后，这里会显示实时数据。</translation>
    </message>
    <message>
        <source>Select one node to see its live figures.</source>
        <translation>选择一个节点以查看其实时数据。</translation>
    </message>
    <message>
        <source>Nothing is known about this node at the moment.</source>
        <translation>目前没有这个节点的数据。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Events in per second</source>
        <translation>每秒流入事件</translation>
    </message>
    <message>
        <source>Events out per second</source>
        <translation>每秒流出事件</translation>
    </message>
    <message>
        <source>Events in</source>
        <translation>流入事件</translation>
    </message>
    <message>
        <source>Events out</source>
        <translation>流出事件</translation>
    </message>
    <message>
        <source>Events waiting</source>
        <translation>等待中的事件</translation>
    </message>
    <message>
        <source>Capacity</source>
        <translation>容量</translation>
    </message>
    <message>
        <source>Filled</source>
        <translation>已占用</translation>
    </message>
    <message>
        <source>Bytes waiting</source>
        <translation>等待中的字节</translation>
    </message>
    <message>
        <source>Failures in a row</source>
        <translation>连续失败次数</translation>
    </message>
    <message>
        <source>Records per second</source>
        <translation>每秒消息</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Partition %1: first and next offset</source>
        <translation>分区 %1：最早位点与下一位点</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>offsets</comment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <comment>lag in records, then as time</comment>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>Group %1, partition %2</source>
        <translation>消费组 %1，分区 %2</translation>
    </message>
    <message>
        <source>Lag of consumer groups</source>
        <translation>消费组的积压</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>连接数</translation>
    </message>
    <message>
        <source>Group %1</source>
        <translation>消费组 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n member(s)</source>
        <translation>
            <numerusform>%n 个成员</numerusform>
        </translation>
    </message>
    <message>
        <source>Consumer groups</source>
        <translation>消费组</translation>
    </message>
</context>
<context>
    <name>millrace::studio::LogModel</name>
    <message numerus="yes">
        <source>%n line(s) were left out, because they came too fast.</source>
        <translation>
            <numerusform>由于输出过快，略去了 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>info</source>
        <translation>信息</translation>
    </message>
</context>
<context>
    <name>millrace::studio::LogPanel</name>
    <message>
        <source>All lines</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告与错误</translation>
    </message>
    <message>
        <source>Errors only</source>
        <translation>仅错误</translation>
    </message>
    <message>
        <source>of all nodes</source>
        <translation>所有节点</translation>
    </message>
    <message>
        <source>of what is selected</source>
        <translation>所选节点</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
</context>
<context>
    <name>millrace::studio::MainWindow</name>
    <message>
        <source>No recent files</source>
        <translation>没有最近的文件</translation>
    </message>
</context>
<context>
    <name>millrace::studio::MonitorPanel</name>
    <message>
        <source>Throughput</source>
        <translation>吞吐量</translation>
    </message>
    <message>
        <source>events / s</source>
        <translation>事件/秒</translation>
    </message>
    <message>
        <source>thousand events / s</source>
        <translation>千事件/秒</translation>
    </message>
    <message>
        <source>Run the topology to see how many events each source and sink moves.</source>
        <translation>运行拓扑，即可看到每个 Source 和 Sink 的事件速率。</translation>
    </message>
    <message>
        <source>Lag appears here when a consumer group reads from a topic.</source>
        <translation>有消费组读取主题时，这里会显示积压（Lag）。</translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <comment>window of time of the charts</comment>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the last %n hour(s)</source>
        <translation>
            <numerusform>显示最近 %n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <comment>window of time of the charts</comment>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show the last %n minute(s)</source>
        <translation>
            <numerusform>显示最近 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Lag in records</source>
        <translation>积压（消息）</translation>
    </message>
    <message>
        <source>in seconds</source>
        <translation>按秒</translation>
    </message>
    <message>
        <source>How long ago the next record to be read was written</source>
        <translation>下一条待读消息写入至今的时间</translation>
    </message>
    <message>
        <source>Consumer group</source>
        <translation>消费组</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <comment>a consumer group on a cluster</comment>
        <translation>%2 上的 %1</translation>
    </message>
    <message>
        <source>Lag</source>
        <translation>积压</translation>
    </message>
    <message>
        <source>Lag of group %1</source>
        <translation>消费组 %1 的积压</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>thousand seconds</source>
        <translation>千秒</translation>
    </message>
    <message>
        <source>records</source>
        <translation>条消息</translation>
    </message>
    <message>
        <source>thousand records</source>
        <translation>千条消息</translation>
    </message>
    <message>
        <source>%1-%2</source>
        <comment>topic and partition</comment>
        <translation>%1-%2</translation>
    </message>
    <message numerus="yes">
        <source>%n other(s), the longest</source>
        <comment>partitions, as one line of a chart</comment>
        <translation>
            <numerusform>其余 %n 个（最长）</numerusform>
        </translation>
    </message>
    <message>
        <source>into %1</source>
        <comment>line of a chart: events written to a topic</comment>
        <translation>写入 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n other(s), together</source>
        <comment>components, as one line of a chart</comment>
        <translation>
            <numerusform>其余 %n 个（合计）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other(s), together</source>
        <comment>partitions, as one line of a chart</comment>
        <translation>
            <numerusform>其余 %n 个（合计）</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::NoticeBar</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>millrace::studio::OutlineModel</name>
    <message>
        <source>%1, %2</source>
        <comment>kind of node, its state</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>millrace::studio::OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
</context>
<context>
    <name>millrace::studio::PaletteModel</name>
    <message>
        <source>Sources</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Channel</translation>
    </message>
    <message>
        <source>Sinks</source>
        <translation>Sink</translation>
    </message>
    <message>
        <source>Kafka</source>
        <translation>Kafka</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>more…</source>
        <translation>更多……</translation>
    </message>
    <message>
        <source>Components that run on Apache Flume only</source>
        <translation>只能在 Apache Flume 上运行的组件</translation>
    </message>
    <message>
        <source>%1
Runs on Apache Flume only: it can be drawn and saved, but not run here.</source>
        <translation>%1
只能在 Apache Flume 上运行：可以绘制和保存，但不能在此运行。</translation>
    </message>
</context>
<context>
    <name>millrace::studio::PalettePanel</name>
    <message>
        <source>Add…</source>
        <translation>添加……</translation>
    </message>
    <message>
        <source>Search for something to add</source>
        <translation>搜索要添加的内容</translation>
    </message>
    <message>
        <source>Palette</source>
        <translation>组件面板</translation>
    </message>
</context>
<context>
    <name>millrace::studio::ProblemsPanel</name>
    <message>
        <source>No problems found.</source>
        <translation>未发现问题。</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>millrace::studio::PropertyField</name>
    <message>
        <source>%1 (required)</source>
        <extracomment>%1 is the name of a property that must be there</extracomment>
        <translation>%1（必填）</translation>
    </message>
</context>
<context>
    <name>millrace::studio::PropertyForm</name>
    <message>
        <source>Filter properties</source>
        <translation>筛选属性</translation>
    </message>
    <message>
        <source>Not known to this component</source>
        <translation>此组件不认识的属性</translation>
    </message>
    <message>
        <source>Change %1</source>
        <translation>更改 %1</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>重置 %1</translation>
    </message>
    <message>
        <source>now %1 of %2</source>
        <translation>当前 %1 / %2</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
    <message numerus="yes">
        <source>%n more, all at their defaults</source>
        <translation>
            <numerusform>还有 %n 个，均为默认值</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>millrace::studio::RecoveryCopy</name>
    <message>
        <source>%1, changed %2</source>
        <extracomment>%1 is the name of an unsaved document, %2 a time of day, or day and time</extracomment>
        <translation>%1，更改于 %2</translation>
    </message>
</context>
<context>
    <name>millrace::studio::RunController</name>
    <message>
        <source>Use %1 instead of %2</source>
        <translation>用 %1 代替 %2</translation>
    </message>
</context>
<context>
    <name>millrace::studio::RunNotices</name>
    <message numerus="yes">
        <source>%1: %n event(s) lost</source>
        <translation>
            <numerusform>%1：丢失 %n 个事件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: %n event(s) kept on disk</source>
        <translation>
            <numerusform>%1：%n 个事件保留在磁盘上</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is taken by another program.</source>
        <translation>%1 已被其他程序占用。</translation>
    </message>
    <message>
        <source>Use %1 instead</source>
        <translation>改用 %1</translation>
    </message>
    <message>
        <source>This change would lose events.</source>
        <translation>此更改会丢失事件。</translation>
    </message>
    <message>
        <source>Change all the same</source>
        <translation>仍要更改</translation>
    </message>
</context>
<context>
    <name>millrace::studio::ScreenDocks</name>
    <message>
        <source>%1 %2</source>
        <comment>title of a tab, how many there are</comment>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>millrace::studio::StartPage</name>
    <message>
        <source>Draw, run and watch Flume and Kafka.</source>
        <translation>绘制、运行并观察 Flume 与 Kafka。</translation>
    </message>
    <message>
        <source>New topology</source>
        <translation>新建拓扑</translation>
    </message>
    <message>
        <source>Open a flume.conf…</source>
        <translation>打开 flume.conf……</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Start from an example</source>
        <translation>从示例开始</translation>
    </message>
    <message>
        <source>Each one runs as it is. Change it while it runs.</source>
        <translation>每个示例都可直接运行，运行时也可修改。</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
</context>
<context>
    <name>millrace::studio::TextView</name>
    <message>
        <source>This file holds characters that cannot be edited as text here.</source>
        <translation>此文件含有无法在此以文本方式编辑的字符。</translation>
    </message>
    <message>
        <source>This file was made by a newer Millrace and cannot be changed.</source>
        <translation>此文件由更新版本的 Millrace 创建，无法修改。</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>编辑文本</translation>
    </message>
</context>
<context>
    <name>millrace::studio::TopBar</name>
    <message numerus="yes">
        <source>edited · %n problem(s), not applied</source>
        <translation>
            <numerusform>已编辑 · %n 个问题，未应用</numerusform>
        </translation>
    </message>
    <message>
        <source>edited, not applied yet</source>
        <translation>已编辑，尚未应用</translation>
    </message>
    <message numerus="yes">
        <source>edited · %n problem(s)</source>
        <translation>
            <numerusform>已编辑 · %n 个问题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>running %1</source>
        <translation>运行中 %1</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>正在停止</translation>
    </message>
</context>
</TS>
