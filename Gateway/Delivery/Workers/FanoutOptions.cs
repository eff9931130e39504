using OrleansTicker.Common.Settings;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Options of the fan-out. Section <see cref="Section"/>.</summary>
internal sealed class FanoutOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Fanout";

    /// <summary>
    /// The number of sending threads: 1 to 64. By default half of the cores, which leaves the others to the kernel and to reading.
    /// </summary>
    [SettingRange(Section, 1, 64)]
    public int Workers { get; set; } = Math.Clamp(Environment.ProcessorCount / 2, 1, 64);

    /// <summary>
    /// How frames get to the sockets, by the name of a <see cref="TransportKind"/>: Auto by default. Connections with TLS or HTTP/2 use Stream
    /// in any case.
    /// </summary>
    [SettingChoice(Section, nameof(TransportKind.Auto), nameof(TransportKind.Uring), nameof(TransportKind.Send), nameof(TransportKind.Stream))]
    public string Transport { get; set; } = nameof(TransportKind.Auto);

    /// <summary>What <see cref="Transport"/> names.</summary>
    /// <exception cref="ArgumentException">It names nothing. Validation refuses this.</exception>
    public TransportKind TransportKind => Enum.Parse<TransportKind>(Transport, ignoreCase: true);
}
