using OrleansTicker.Common.Settings;

namespace OrleansTicker.Gateway.Audit;

/// <summary>Where the audit log goes and how much of it is kept. Section <see cref="Section"/>.</summary>
internal sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Audit";

    /// <summary>
    /// The folder of the audit log's files, created for the owner only. A relative path starts at the content root; an empty one means no
    /// files. <c>data/audit</c> by default.
    /// </summary>
    public string Folder { get; set; } = "data/audit";

    /// <summary>The size at which the next file is started, in bytes: 64 KiB to 1 GiB, 16 MiB by default.</summary>
    [SettingRange(Section, 64 << 10, 1 << 30)]
    public int MaxFileBytes { get; set; } = 16 << 20;

    /// <summary>How many files are kept; the oldest are deleted first: 2 to 10,000, 64 by default.</summary>
    [SettingRange(Section, 2, 10_000)]
    public int MaxFiles { get; set; } = 64;

    /// <summary>
    /// How many events may wait for the disk: 16 to 1,000,000, 16,384 by default. Events beyond that are lost, counted and reported.
    /// </summary>
    [SettingRange(Section, 16, 1_000_000)]
    public int Queue { get; set; } = 16_384;
}
