using OrleansTicker.Common.Settings;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Options of sessions: what they may do, and how long that may take. Section <see cref="Section"/>.</summary>
internal sealed class TickerSessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>Whether prices are compressed for clients that offer it (permessage-deflate, RFC 7692). On by default.</summary>
    public bool Compression { get; set; } = true;

    /// <summary>
    /// About how many bytes the kernel buffers for a client that does not read: 8 KiB to 4 MiB, 32 KiB by default. In the process at most
    /// one message of prices waits, and 4 KiB of answers.
    /// </summary>
    [SettingRange(Section, 8 << 10, 4 << 20)]
    public int SendBuffer { get; set; } = 32 << 10;

    /// <summary>The longest message of a client, in bytes: 128 to 1 MiB, 4 KiB by default. A longer one ends the session with 1009.</summary>
    [SettingRange(Section, 128, 1 << 20)]
    public int MaxMessageBytes { get; set; } = 4096;

    /// <summary>How many messages a client may send per second in the long run: 1 to 10,000, 20 by default. More end the session with 4429.</summary>
    [SettingRange(Section, 1, 10_000)]
    public int MessagesPerSecond { get; set; } = 20;

    /// <summary>How many messages a client may send at once: 1 to 10,000, 40 by default.</summary>
    [SettingRange(Section, 1, 10_000)]
    public int MessageBurst { get; set; } = 40;

    /// <summary>Of how many series a session may have candles: 1 to 1,000, 64 by default. A series is a symbol in one interval.</summary>
    [SettingRange(Section, 1, 1000)]
    public int CandleSeries { get; set; } = 64;

    /// <summary>How long a client may be silent before it is sent a WebSocket ping: 1 s to 10 min, 15 s by default.</summary>
    [SettingRange(Section, "00:00:01", "00:10:00")]
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the pong may take before the client counts as gone: 1 s to 10 min, 15 s by default.</summary>
    [SettingRange(Section, "00:00:01", "00:10:00")]
    public TimeSpan KeepAliveTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a socket may take nothing at all before the session ends with 4408: 1 s to 1 h, 30 s by default.</summary>
    [SettingRange(Section, "00:00:01", "01:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long each step of the closing handshake may take before the connection is aborted: 100 ms to 1 min, 5 s by default.
    /// </summary>
    [SettingRange(Section, "00:00:00.1", "00:01:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
