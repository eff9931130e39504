using OrleansTicker.Common.Settings;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// How much the gateway accepts from a client. Section <see cref="Section"/>. The defaults are for the public internet; in Development
/// the limits per address, key and user are <see cref="DevelopmentLimit"/>, since all clients of a load test come from one machine.
/// </summary>
internal sealed class LimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>What the limits per address, key and user are in Development.</summary>
    public const int DevelopmentLimit = 1_000_000;

    /// <summary>Token exchanges per minute and address: 1 to 1,000,000, 60 by default, which may also come at once.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int ExchangesPerMinute { get; set; } = 60;

    /// <summary>Token exchanges per minute and API key, from any address: 1 to 1,000,000, 60 by default, which may also come at once.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int ExchangesPerMinutePerKey { get; set; } = 60;

    /// <summary>
    /// Failed authentications, by key or token, per minute and address: 1 to 1,000,000, 20 by default, which may also come at once.
    /// </summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int FailuresPerMinute { get; set; } = 20;

    /// <summary>
    /// Requests for market data, under <c>/api</c> and <c>/udf</c>, per minute and address: 1 to 1,000,000, 3,000 by default, which may also
    /// come at once.
    /// </summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int ReadsPerMinute { get; set; } = 3000;

    /// <summary>
    /// Requests for market data per minute and user, from any address: 1 to 1,000,000, 3,000 by default, which may also come at once.
    /// </summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int ReadsPerMinutePerUser { get; set; } = 3000;

    /// <summary>
    /// Pages of candles that are read and written at the same time: 1 to 1,000; by default as many as there are cores, at least 2. More would
    /// not be faster, and would take time and memory from the prices.
    /// </summary>
    [SettingRange(Section, 1, 1000)]
    public int CandleReads { get; set; } = Math.Clamp(Environment.ProcessorCount, 2, 1000);

    /// <summary>Pages of candles that wait until others have been read: 0 to 100,000, 256 by default.</summary>
    [SettingRange(Section, 0, 100_000)]
    public int WaitingCandleReads { get; set; } = 256;

    /// <summary>Pages of candles of one user, read or waiting: 1 to 1,000,000, 32 by default.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int CandleReadsPerUser { get; set; } = 32;

    /// <summary>Downloads of candles in progress: 1 to 1,000, 8 by default. One may take tens of megabytes of memory.</summary>
    [SettingRange(Section, 1, 1000)]
    public int Downloads { get; set; } = 8;

    /// <summary>Downloads of candles of one user in progress: 1 to 1,000, 2 by default.</summary>
    [SettingRange(Section, 1, 1000)]
    public int DownloadsPerUser { get; set; } = 2;

    /// <summary>WebSockets in total, including those that are being opened: 1 to 1,000,000, 50,000 by default.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int Sockets { get; set; } = 50_000;

    /// <summary>WebSockets of one address: 1 to 1,000,000, 256 by default.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int SocketsPerAddress { get; set; } = 256;

    /// <summary>WebSockets of one user: 1 to 1,000,000, 256 by default.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int SocketsPerUser { get; set; } = 256;

    /// <summary>WebSockets that are being opened: 1 to 1,000,000, 1,000 by default.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int Handshakes { get; set; } = 1000;

    /// <summary>TCP connections that are not WebSockets, or not yet: 1 to 1,000,000, 20,000 by default.</summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int Connections { get; set; } = 20_000;

    /// <summary>
    /// TCP connections of one address, including WebSockets: 1 to 1,000,000, 512 by default. Configured proxies are not counted.
    /// </summary>
    [SettingRange(Section, 1, DevelopmentLimit)]
    public int ConnectionsPerAddress { get; set; } = 512;

    /// <summary>How long a connection may ask for nothing, also before its first request: 1 s to 10 min, 20 s by default.</summary>
    [SettingRange(Section, "00:00:01", "00:10:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the head of a request may take from its first byte to its last: 1 s to 1 min, 10 s by default.</summary>
    [SettingRange(Section, "00:00:01", "00:01:00")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the check of a token may take, and its issue: 100 ms to 30 s, 5 s by default.</summary>
    [SettingRange(Section, "00:00:00.1", "00:00:30")]
    public TimeSpan AuthenticationTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest head of a request, in bytes: 1 KiB to 1 MiB, 16 KiB by default; its first line may have half of it.</summary>
    [SettingRange(Section, 1 << 10, 1 << 20)]
    public int HeaderBytes { get; set; } = 16 << 10;

    /// <summary>How many headers a request may have: 16 to 1,000, 64 by default.</summary>
    [SettingRange(Section, 16, 1000)]
    public int Headers { get; set; } = 64;

    /// <summary>The longest body of a request, in bytes: 1 KiB to 1 MiB, 16 KiB by default.</summary>
    [SettingRange(Section, 1 << 10, 1 << 20)]
    public int BodyBytes { get; set; } = 16 << 10;

    /// <summary>Lets one machine do what only many machines may do otherwise.</summary>
    public void UseDevelopmentLimits() =>
        ExchangesPerMinute = ExchangesPerMinutePerKey = FailuresPerMinute = ReadsPerMinute = ReadsPerMinutePerUser = SocketsPerAddress = SocketsPerUser = Handshakes
            = Connections = ConnectionsPerAddress = DevelopmentLimit;
}
