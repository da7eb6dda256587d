//! The page's own words, in both languages.

use plimsoll::text::{Text, text};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $en:literal, $zh:literal;)*) => {
        $($(#[$doc])* pub const $name: Text = text($en, $zh);)*
    };
}

words! {
    /// The page that checks documents.
    CHECK: "Check", "检查";
    /// The page that encodes and decodes registry credentials.
    CREDENTIALS: "Credentials", "凭证";
    /// The page that shows what an image archive holds.
    IMAGE: "Image", "镜像";
    /// What the page of images does.
    IMAGE_PROMISE: "Choose or drop the output of `docker save`, or an OCI archive, of any size. It is read inside this page, slice by slice; nothing is sent.", "选择或拖放 `docker save` 的输出或 OCI 归档，大小不限。文件在本页面内分段读取，不会发送任何内容。";
    /// Chooses an archive.
    OPEN_ARCHIVE: "Open an archive", "打开归档";
    /// Stops a reading.
    CANCEL: "Cancel", "取消";
    /// Said while an archive is read.
    READING_LAYER: "reading layer", "正在读取镜像层";
    /// Said while a compressed archive is looked through.
    LOOKING: "looking for images", "正在查找镜像";
    /// Said where no image was found.
    NO_IMAGE: "There is no image in this archive. Make one with `docker save IMAGE -o image.tar`.", "该归档中没有镜像。请用 `docker save IMAGE -o image.tar` 生成。";
    /// Said of a file in which nothing is.
    EMPTY_FILE: "The file is empty. Make an archive with `docker save IMAGE -o image.tar`.", "文件为空。请用 `docker save IMAGE -o image.tar` 生成归档。";
    /// Said of a file that is something else; what it is follows.
    NOT_AN_ARCHIVE: "This is no image archive. Make one with `docker save IMAGE -o image.tar`. It is:", "这不是镜像归档。请用 `docker save IMAGE -o image.tar` 生成。该文件是：";
    /// Said where the worker broke down over an archive.
    READER_BROKE: "The reading broke off. Please report it; the rest of the page goes on.", "读取意外中断，请反馈该问题；页面其余部分仍可使用。";
    /// Said where the layers were not read.
    LAYERS_UNREAD: "The layers were not read: what needs their files is unknown.", "尚未读取镜像层：需要层内文件的检查结果未知。";
    /// Reads the layers.
    READ_LAYERS: "Read the layers", "读取镜像层";
    /// Chooses a folder.
    OPEN_FOLDER: "Open a folder", "打开文件夹";
    /// Said where a folder holds nothing to check.
    NOTHING_IN_FOLDER: "no document in this folder", "该文件夹中没有可检查的文档";
    /// Said where not all of a folder was looked at.
    TOO_MANY_FILES: "the folder is too large: not all of it was looked at", "文件夹过大：未查看全部内容";
    /// Heading of the files that are stored in vain.
    WASTE: "Stored in vain", "无效存储";
    /// What hides a file; the number of the layer follows.
    REMOVED_BY: "removed by layer", "被删除于层";
    /// What hides a file; the number of the layer follows.
    REPLACED_BY: "replaced by layer", "被替换于层";
    /// The description of an image is not to be edited.
    DESCRIPTION: "What the image says of itself, and where the findings point. The archive itself is never changed.", "镜像自身的描述，检查结果指向此处。归档文件不会被修改。";
    /// Opens the page of the image.
    SHOW_IMAGE: "Layers and files", "镜像层与文件";
    /// Heading of the layers.
    LAYERS: "Layers", "镜像层";
    /// One of the layers; its number follows.
    LAYER: "layer", "层";
    /// Heading of the files.
    FILES: "Files", "文件";
    /// Heading of the configuration.
    CONFIGURATION: "Configuration", "配置";
    /// What a registry stores.
    STORED: "stored", "存储";
    /// What the layers are inflated to.
    UNPACKED: "unpacked", "解压后";
    /// What the container sees.
    VISIBLE: "visible", "可见";
    /// What later layers hide.
    HIDDEN_BYTES: "hidden by later layers", "被后续层隐藏";
    /// A layer that is not in the archive.
    NOT_HERE: "not in this archive", "不在该归档中";
    /// The image belongs to the project.
    JOINED: "The image belongs to the project: it is checked together with its documents.", "该镜像已加入项目，与其中的文档一起检查。";
    /// The way up.
    UP: "up", "上一级";
    /// What that page does.
    PACKAGE_PROMISE: "The fields of a Compute Nest deployment package, checked as the console checks them. Nothing is kept or sent.", "按控制台的要求检查计算巢部署物的各个字段，不会保存或发送任何内容。";
    /// Label of a package's name.
    PACKAGE_NAME: "Name (cannot be changed later)", "名称（之后不能修改）";
    /// Label of a version's name.
    PACKAGE_VERSION: "Version", "版本名称";
    /// Label of a description.
    PACKAGE_DESCRIPTION: "Description", "描述";
    /// Label of the number of tags.
    PACKAGE_TAGS: "Number of tags", "标签数量";
    /// Said of a field that is right.
    PACKAGE_FITS: "fits", "符合要求";
    /// The page that lists the rules.
    RULES: "Rules", "规则";
    /// Label of the navigation for screen readers.
    PAGES: "Pages", "页面";
    /// Names the *other* language, as the label of the button that switches to it.
    OTHER_LANGUAGE: "中文", "English";
    /// Switches between light and dark.
    THEME: "Light or dark", "浅色或深色";
    /// The checker has not answered yet.
    STARTING: "starting the checker…", "正在启动检查器…";
    /// The checker answers.
    READY: "Checker ready. Nothing is sent anywhere.", "检查器已就绪。不会发送任何内容。";
    /// The checker could not be started.
    NO_WORKER: "the checker could not be started", "无法启动检查器";
    /// The checker ended by itself.
    WORKER_STOPPED: "The checker has stopped. Your text is safe: try again to start it anew.", "检查器已停止。文本不会丢失，请重试以重新启动。";
    /// The file could not be read.
    UNREADABLE: "the browser cannot read this (is it a folder?)", "浏览器无法读取（是文件夹吗？）";
    /// The rules are on their way.
    LOADING: "loading…", "正在加载…";
    /// Label of the name of a Kubernetes Secret.
    SECRET_NAME: "Name of the Secret", "Secret 名称";
    /// Label of the namespace of a Kubernetes Secret.
    NAMESPACE: "Namespace", "命名空间";
    /// Opens files.
    OPEN_FILES: "Open files", "打开文件";
    /// Removes a document.
    REMOVE: "Remove", "移除";
    /// Heading of the examples.
    EXAMPLES: "Examples", "示例";
    /// Where files may be dropped.
    DROP: "or drop files or a folder anywhere here", "或将文件或文件夹拖放到此处";
    /// Label of the editor.
    TEXT_OF: "Text of", "文本：";
    /// Heading of the findings.
    FINDINGS: "Findings", "检查结果";
    /// Nothing was found.
    NOTHING_FOUND: "Nothing found.", "未发现问题。";
    /// No document yet.
    NO_DOCUMENT: "Add a Dockerfile, a service JSON, a config.json, a ROS template, an ECI request or an image archive, or open an example.", "请添加 Dockerfile、服务 JSON、config.json、ROS 模板、ECI 请求或镜像归档，或打开示例。";
    /// No platform is chosen and none is named.
    NO_PLATFORM: "No platform is named by the documents: choose one above to be checked for it.", "文档没有指明平台：请在上方选择要检查的平台。";
    /// The check is under way.
    CHECKING: "checking…", "正在检查…";
    /// Heading of the platforms.
    PLATFORMS: "Platforms", "平台";
    /// The verdict.
    FITS: "fits", "符合";
    /// The verdict.
    FAILS: "fails", "不符合";
    /// Severity.
    ERROR: "error", "错误";
    /// Severity.
    WARNING: "warning", "警告";
    /// Severity.
    INFO: "info", "提示";
    /// Opens the explanation.
    WHY: "Why?", "为什么？";
    /// Before a title of a source.
    SOURCE: "Source", "来源";
    /// Label of the username.
    USERNAME: "Username", "用户名";
    /// Label of the password.
    PASSWORD: "Password", "密码";
    /// Label of the registry.
    REGISTRY: "Registry", "镜像仓库";
    /// Label of the form.
    FORM: "For", "用途";
    /// Chooses JSON over the other spelling.
    AS_JSON: "As JSON", "使用 JSON 写法";
    /// Label of the form of what is decoded.
    FORM_OF_TEXT: "Form", "格式";
    /// The form is told from the text.
    DETECT: "tell from the text", "自动识别";
    /// Encodes.
    ENCODE: "Encode", "编码";
    /// Decodes.
    DECODE: "Decode", "解码";
    /// Copies.
    COPY: "Copy", "复制";
    /// Was copied.
    COPIED: "Copied", "已复制";
    /// Label of what is decoded.
    ENCODED: "dockerAuth, Docker config.json, Kubernetes Secrets, ECI parameters, ROS template or docker login command", "dockerAuth、Docker config.json、Kubernetes Secret、ECI 参数、ROS 模板或 docker login 命令";
    /// Shows the password.
    REVEAL: "Show the password", "显示密码";
    /// The promise.
    PROMISE: "Nothing is stored or sent. The fields are emptied when you leave this tab.", "不存储、不发送任何内容。离开此页签时字段会被清空。";
    /// What the search field takes.
    SEARCH_HINT: "Search: port, DL3006, eas/…, shell form", "搜索：port、DL3006、eas/…";
    /// How many rules are shown of all.
    OF: "{count} of {all}", "{count} / {all}";
    /// The list of all rules.
    CATALOGUE: "Catalogue", "规则目录";
    /// What narrows the list.
    FILTERS: "Filters", "筛选";
    /// Rules of a platform or a kind of document.
    GROUP: "Group", "分组";
    /// How bad a finding is.
    SEVERITY: "Severity", "级别";
    /// Other filters.
    FURTHER: "More", "更多";
    /// A filter: rules with a safe fix.
    HAS_SAFE_FIX: "has a safe fix", "可安全修复";
    /// A filter: rules that only the strict want.
    ONLY_STRICT: "only with strict", "仅严格模式";
    /// Said of a rule that has a safe fix.
    SAFE_FIX: "safe fix", "可安全修复";
    /// Where a page is among the others.
    PLACE: "Place", "位置";
    /// Heading: why a rule matters.
    REASON: "Why", "原因";
    /// Heading: what mends it.
    WHAT_TO_DO: "What to do", "解决方法";
    /// Heading of the examples.
    WRONG_AND_RIGHT: "Wrong and right", "错误与正确示例";
    /// An example that is found.
    WRONG: "Wrong", "错误";
    /// An example that is not.
    RIGHT: "Right", "正确";
    /// Heading of a rule's options.
    OPTIONS: "Options", "选项";
    /// Heading of what a rule rests on.
    SOURCES: "Sources", "依据";
    /// Heading of a rule's other names.
    ALIASES: "Also known as", "别名";
    /// Copies a rule's id.
    COPY_ID: "Copy id", "复制编号";
    /// The version that brought a rule.
    SINCE: "since {version}", "自 {version} 起";
    /// Label of the search field.
    SEARCH: "Search rules", "搜索规则";
    /// Before the platforms.
    SAFE_TO_SHIP: "Safe to ship to", "可以发布到";
    /// Said where the documents name the platforms.
    FROM_YOUR_FILES: "Taken from your files", "根据您的文件判断";
    /// The verdict while nothing decides.
    OPEN: "open", "待定";
    /// The verdict before the first check.
    NOT_CHECKED_YET: "not checked yet", "尚未检查";
    /// Label of the choice of a profile.
    PROFILE: "profile", "类型";
    /// Heading of a checklist; the platform stands in it.
    WOULD_REFUSE: "{name} would refuse this", "{name} 会拒绝它";
    /// Heading of a checklist; the platform stands in it.
    NOTHING_AGAINST: "Nothing stands against {name}", "没有发现不符合 {name} 的地方";
    /// Heading of a checklist; the platform stands in it.
    NOT_SETTLED: "Nothing here tells about {name}", "这里没有关于 {name} 的信息";
    /// Heading of a checklist; the platform stands in it.
    NOBODY_ASKED: "Not checked for {name}", "未针对 {name} 检查";
    /// Heading of what decides against it.
    BROKEN: "Broken", "不满足";
    /// Heading of what needs more to be judged.
    NOT_LOOKED_AT: "Not looked at", "未检查";
    /// Said where a checklist has no row.
    NOTHING_DECIDES: "No error stands against it.", "没有错误。";
    /// Asks about the platform, or no longer; it stands in it.
    CHECK_FOR: "Check for {name}", "针对 {name} 检查";
    /// Shows only its findings; the platform stands in it.
    ONLY_FINDINGS_OF: "Show only {name} findings", "只显示 {name} 的结果";
    /// Closes what is open.
    CLOSE: "Close", "关闭";
    /// Heading of the documents.
    PROJECT: "Project", "项目";
    /// Makes a document.
    NEW_DOCUMENT: "New document", "新建文档";
    /// Opens a menu.
    MORE: "More: examples, remove all", "更多：示例、全部移除";
    /// Removes every document.
    REMOVE_ALL: "Remove all", "全部移除";
    /// Downloads the report as a page.
    REPORT_HTML: "Report: HTML, one file, prints well", "报告：HTML，单个文件，便于打印";
    /// Downloads the report as Markdown.
    REPORT_MARKDOWN: "Report: Markdown, for an issue or a review", "报告：Markdown，用于议题或评审";
    /// Downloads the report as JSON.
    REPORT_JSON: "Report: JSON, same as the command line", "报告：JSON，与命令行一致";
    /// Downloads all documents as one file.
    DOWNLOAD_ALL: "Download all (zip)", "全部下载（zip）";
    /// How documents come.
    PASTE_OR_DROP: "Paste, or drop files, a folder or an image anywhere", "粘贴，或将文件、文件夹或镜像拖放到任意位置";
    /// Said of a file that is no document.
    NOT_CHECKED: "not checked", "未检查";
    /// The middle of the page.
    EDITOR: "Editor", "编辑器";
    /// Said of the example.
    IS_EXAMPLE: "This is an example.", "这是一个示例。";
    /// The way to one's own documents.
    PASTE_YOUR_OWN: "Paste your own Dockerfile with `Ctrl V`, or drop a folder.", "用 `Ctrl V` 粘贴您自己的 Dockerfile，或拖放一个文件夹。";
    /// Takes the example away.
    START_EMPTY: "Start empty", "从空白开始";
    /// Heading of an empty project.
    EMPTY_TITLE: "Nothing here yet", "这里还没有内容";
    /// Changes the name of a document.
    RENAME: "Rename", "重命名";
    /// Label of the choice of a kind.
    KIND: "Kind of document", "文档类型";
    /// The kind is told from name and content.
    KIND_TOLD: "told by name and content", "由名称和内容判断";
    /// Takes a step back.
    UNDO: "Undo", "撤销";
    /// Makes it again.
    REDO: "Redo", "重做";
    /// Copies the document.
    COPY_TEXT: "Copy the text", "复制文本";
    /// Downloads the document.
    DOWNLOAD: "Download", "下载";
    /// Said above a text that is only shown.
    TOO_LARGE_TO_EDIT: "This text is large and is only shown. Findings and fixes work.", "文本很大，仅供查看；检查和修复仍然可用。";
    /// Edits a large text without colours.
    EDIT_ANYWAY: "Edit anyway", "仍要编辑";
    /// The parts of a narrow page.
    PARTS: "Parts of the project", "项目的各部分";
    /// The text, on a narrow page.
    TEXT: "Text", "文本";
    /// One finding.
    FINDING: "Finding", "检查结果";
    /// The list before what is shown.
    EARLIER: "Earlier findings", "前面的结果";
    /// The list after what is shown.
    LATER: "Later findings", "后面的结果";
    /// Which part of the list is shown.
    FROM_TO_OF: "{first}–{last} of {count}", "第 {first}–{last} 条，共 {count} 条";
    /// Opens the choice of fixes; the number stands in it.
    FIX_SAFE: "Fix {count} safe…", "安全修复 {count} 项…";
    /// Said where the filter hides everything.
    NOTHING_SHOWN: "No finding matches the filter", "没有符合筛选条件的结果";
    /// Takes the filter away.
    SHOW_ALL: "Show all", "显示全部";
    /// Shows the findings of one document.
    ONLY_THIS: "Only this document", "仅此文档";
    /// Said where nothing is wrong; the platforms stand in it.
    READY_FOR: "Ready for {names}", "可以发布到 {names}";
    /// Searches the findings.
    SEARCH_FINDINGS: "Search the findings", "搜索检查结果";
    /// The set of rules that is asked.
    STRICT: "strict", "严格";
    /// The set of rules that is asked.
    DEFAULT: "default", "默认";
    /// Explains the two sets.
    STRICT_HINT: "Also ask the rules that only the strict want", "同时启用严格规则";
    /// Writes the comment that silences a finding.
    SILENCE: "Silence", "忽略此项";
    /// What such a comment does; the rule stands in it.
    SILENCED: "`{rule}` silenced here", "已在此处忽略 `{rule}`";
    /// Heading of the choice of fixes.
    FIX_TITLE: "Fix what is safe to fix", "修复可安全修复的问题";
    /// What it promises.
    FIX_PROMISE: "Look at the changes first. You can undo them in one step.", "先查看更改。可以一步撤销。";
    /// Fixes that need no eye.
    SAFE: "Safe", "安全";
    /// Fixes that need one.
    NEEDS_YOUR_EYE: "Needs your eye", "需要您确认";
    /// How many findings a fix mends; the number stands in it.
    FIXES_SO_MANY: "fixes {count}", "修复 {count} 项";
    /// Heading of the difference.
    CHANGES: "Changes", "更改";
    /// The verdicts after the fixes stand in it.
    AFTER_THIS: "After this: {verdicts}.", "修复后：{verdicts}。";
    /// Makes the changes.
    APPLY: "Apply", "应用";
    /// Before the name of what went.
    REMOVED: "Removed", "已移除";
    /// How many documents went stands in it.
    EMPTIED: "Removed all {count} documents", "已移除全部 {count} 个文档";
    /// Something came in the place of something else.
    REPLACED: "Replaced what was there", "已替换原有内容";
    /// Before what a fix did.
    DONE: "Done:", "已完成：";
    /// How many documents a fix changed stands in it.
    FIXED_IN: "Fixed in {count} documents", "已在 {count} 个文档中修复";
    /// Said while something is dragged; how many things stands in it.
    DROP_TITLE: "Drop to check: {count}", "拖放以检查：{count} 项";
    /// Said while something is dragged over the example.
    DROP_REPLACES: "They replace the example. Folders keep their paths; an image is read piece by piece, whatever its size. Nothing is uploaded.", "将替换示例。文件夹保留路径；镜像无论多大都分段读取。不会上传任何内容。";
    /// Said while something is dragged.
    DROP_ADDS: "They are added to what is there. Folders keep their paths; an image is read piece by piece, whatever its size. Nothing is uploaded.", "将添加到现有内容。文件夹保留路径；镜像无论多大都分段读取。不会上传任何内容。";
    /// Leads past the header.
    SKIP: "Skip to the content", "跳到内容";
    /// The promise, in three words.
    NOTHING_LEAVES: "Nothing leaves this page", "内容不会离开此页面";
    /// Label of the lower navigation for screen readers.
    PAGES_BELOW: "Pages, at the bottom", "页面（底部）";
    /// What a key does.
    NEXT_FINDING: "next finding", "下一个结果";
    /// What a key does.
    FIX: "fix", "修复";
}

/// The word for a severity.
pub fn severity(id: &str) -> Text {
    match id {
        "error" => ERROR,
        "warning" => WARNING,
        _ => INFO,
    }
}

/// What a kind of document is called.
pub fn kind(id: &str) -> Option<Text> {
    Some(match id {
        "dockerfile" => text("Dockerfile", "Dockerfile"),
        "dockerignore" => text(".dockerignore", ".dockerignore"),
        "eas-service" => text("EAS service", "EAS 服务"),
        "modelarts-config" => text("ModelArts config.json", "ModelArts config.json"),
        "modelarts-service" => text("ModelArts deployment", "ModelArts 部署"),
        "eci-request" => text("ECI request", "ECI 请求"),
        "ros-template" => text("ROS template", "ROS 模板"),
        "computenest-config" => text("Compute Nest config.yaml", "计算巢 config.yaml"),
        "kubernetes" => text("Kubernetes objects", "Kubernetes 对象"),
        "compose" => text("Compose file", "Compose 文件"),
        "docker-config" => text("Docker config.json", "Docker config.json"),
        "shell" => text("Shell script", "Shell 脚本"),
        _ => return None,
    })
}

/// The same in one word, where the name does not tell already.
pub fn kind_short(id: &str) -> Option<Text> {
    Some(match id {
        "eas-service" => text("EAS", "EAS"),
        "modelarts-config" | "modelarts-service" => text("ModelArts", "ModelArts"),
        "eci-request" => text("ECI", "ECI"),
        "ros-template" => text("ROS", "ROS"),
        "kubernetes" => text("Kubernetes", "Kubernetes"),
        "docker-config" => text("Docker", "Docker"),
        "shell" => text("shell", "shell"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use plimsoll::Kind;

    #[test]
    fn every_kind_of_document_has_a_name() {
        for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Image) {
            assert!(super::kind(kind.id()).is_some(), "{}", kind.id());
        }
    }
}
