//! The page's own words, in both languages.

use plimsoll::text::{Text, text};

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $en:literal, $zh:literal;)*) => {
        $($(#[$doc])* pub const $name: Text = text($en, $zh);)*
    };
}

words! {
    /// What the product does, in one line.
    TAGLINE: "Is this container image safe to ship? Checked inside this page: nothing leaves it.", "这个容器镜像可以发布吗？在本页面内检查，任何内容都不会离开。";
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
    /// The page of the fields of a deployment package.
    PACKAGE: "Package", "部署物";
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
    /// Said of a platform that the documents name.
    NAMED_BY_DOCUMENTS: "named by the documents", "由文档指明";
    /// Heading of the list of documents.
    DOCUMENTS: "Documents", "文档";
    /// Label of the field with a new document's name.
    NEW_NAME: "Name of a new document", "新文档名称";
    /// Adds a document.
    ADD: "Add", "添加";
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
    /// Explains the strip of platforms.
    PLATFORMS_HINT: "Choose what to check for; without a choice the documents tell.", "选择要检查的平台；不选则由文档决定。";
    /// The verdict.
    FITS: "fits", "符合";
    /// The verdict.
    FAILS: "fails", "不符合";
    /// The verdict.
    UNKNOWN: "unknown", "未知";
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
    /// Label of the search field.
    SEARCH: "Search rules", "搜索规则";
}
