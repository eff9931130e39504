namespace OrleansTicker.Gateway.Admin;

/// <summary>The state of this gateway at a glance: the answer of <c>GET /admin/dashboard</c>.</summary>
/// <param name="GatewayId">The gateway that answers.</param>
/// <param name="Sessions">Open sessions.</param>
/// <param name="Handshakes">WebSockets that are being opened.</param>
/// <param name="Views">Different views of open sessions.</param>
/// <param name="SlowConsumers">Sessions that are slow consumers.</param>
/// <param name="Transport">How prices are sent to connections without TLS: <c>uring</c>, <c>send</c> or <c>stream</c>.</param>
/// <param name="TransportReason">Why not by io_uring; null if they are, or are not meant to be.</param>
/// <param name="Symbols">Symbols in the market.</param>
/// <param name="Epoch">The ticker's epoch.</param>
/// <param name="Seq">The newest tick.</param>
/// <param name="PublishedAt">When that tick was published.</param>
internal sealed record DashboardJson(
    string GatewayId,
    int Sessions,
    int Handshakes,
    int Views,
    long SlowConsumers,
    string Transport,
    string? TransportReason,
    int Symbols,
    long Epoch,
    long Seq,
    DateTimeOffset PublishedAt);
