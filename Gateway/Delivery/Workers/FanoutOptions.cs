using OrleansTicker.Common.Settings;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>How the gateway sends. Section <see cref="Section"/>.</summary>
internal sealed class FanoutOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Fanout";

    /// <summary>How many threads send: 1 to 64, half of the cores by default, for the other half is the kernel's and the readers'.</summary>
    [SettingRange(Section, 1, 64)]
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 64);
}
