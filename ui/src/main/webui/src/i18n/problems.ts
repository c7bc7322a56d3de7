/** What the suite's problems are called in Chinese, and what to do about each; the suite itself tells both in English. */
const ZH: Record<string, { title: string; remedy: string }> = {
  invalid: { title: '请求无效', remedy: '请按上方说明更正后重试。' },
  'not-found': { title: '未找到', remedy: '它可能已被删除，或您无权查看；请从列表中重新选择。' },
  forbidden: { title: '没有权限', remedy: '请向管理员申请所需的角色。' },
  'sign-in-needed': { title: '需要登录', remedy: '请重新登录。' },
  'too-large': { title: '文件过大', remedy: '请拆分或压缩后重试。' },
  'too-many': { title: '请求过多', remedy: '请稍候再试。' },
  conflict: { title: '与现有内容冲突', remedy: '请刷新页面，查看当前状态后重试。' },
  'key-reused': { title: '请求编号已用于另一项请求', remedy: '请刷新页面后重试。' },
  refused: { title: '当前状态不允许此操作', remedy: '请刷新页面，查看当前状态后重试。' },
  'name-taken': { title: '名称已被占用', remedy: '请换一个名称。' },
  hostile: { title: '文件不安全，已拒绝', remedy: '请检查文件来源，重新导出后再试。' },
  corrupt: { title: '文件已损坏', remedy: '请用原程序打开并重新保存后再试。' },
  encrypted: { title: '文件已加密', remedy: '请去除密码后重新提交。' },
  empty: { title: '文件为空', remedy: '请选择有内容的文件。' },
  'no-text': { title: '文件中没有可读的文字', remedy: '请提交含文字的文件，或更清晰的扫描件。' },
  'unsupported-format': { title: '不支持此文件格式', remedy: '请转换为页面上列出的格式后重试。' },
  'unsupported-media-type': { title: '不支持此文件格式', remedy: '请转换为页面上列出的格式后重试。' },
  unavailable: { title: '模型暂不可用', remedy: '请稍后重试；若仍不可用，请联系运维人员。' },
  'broken-answer': { title: '模型的回答无法使用', remedy: '请重试；若反复出现，请联系模型负责人。' },
  timeout: { title: '处理超时', remedy: '请稍后重试，或提交较小的文件。' },
  busy: { title: '系统繁忙', remedy: '请稍后重试。' },
  exhausted: { title: '资源不足', remedy: '请稍后重试；若反复出现，请联系运维人员。' },
  storage: { title: '文件无法保存', remedy: '没有保存任何内容；请联系运维人员清理存储空间。' },
  fault: { title: '系统内部错误', remedy: '请重试；若反复出现，请联系运维人员查看日志。' },
  'audit-unavailable': { title: '审计日志不可用', remedy: '未写入审计日志的结果不会给出；请联系运维人员。' },
};

/** The Chinese words for a problem of a kind, where there are such. */
export const chineseProblem = (slug: string) => (Object.hasOwn(ZH, slug) ? ZH[slug] : undefined);
