using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Exchange.Venues;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>All that a running exchange can be told to do.</summary>
internal static class ControlCommands
{
    private const int MaxHugeBytes = 64 * 1024 * 1024;
    private const int UsualHugeBytes = 1024 * 1024;
    private const int GoingAway = 1001;

    public static IReadOnlyList<ControlCommand> All { get; } =
    [
        new("normal", "ends all misbehaviour", (venue, _) => Done(venue.Behave)),
        new("refuse", "refuses handshakes: status=429 (or 451, 503, …), retry-after=<seconds>", Refuse),
        Lasting("hold", "leaves handshakes without an answer", (bad, isOn) => bad.HoldsHandshakes = isOn),
        new("refuse-products", "refuses the list of products: status=503", (venue, parameters) =>
            SetStatus(venue, parameters, (bad, status) => bad.RefusesProductsWith = status)),
        Lasting("silent", "keeps connections open and sends nothing", (bad, isOn) => bad.IsSilent = isOn),
        Lasting("frozen", "sends heartbeats and no prices", (bad, isOn) => bad.IsFrozen = isOn),
        new("close", "closes all connections: code=1001", Close),
        new("drop", "ends all connections without a close frame", (venue, _) => ForAll(venue, client => client.Drop())),
        new("reconnect", "asks all clients to connect anew, in the exchange's way", (venue, _) =>
            ForAll(venue, client => venue.Dialect.AskToReconnect(venue, client))),
        new("garbage", "sends a message that is no JSON, one that is binary, and one that is cut off", (venue, _) => ForAll(venue, SendGarbage)),
        new("huge", "sends a long message: bytes=1048576", SendHuge),
        Lasting("compress", "compresses new connections if the client offers it", (bad, isOn) => bad.Compresses = isOn),
        Lasting("duplicates", "sends each price message twice", (bad, isOn) => bad.SendsDuplicates = isOn),
        Lasting("reorder", "swaps each two price messages", (bad, isOn) => bad.SendsOutOfOrder = isOn),
        new("clock", "sets its clock wrong: seconds=90", (venue, parameters) => parameters.Number("seconds") is { } seconds
            ? Done(() => venue.Do(_ => venue.Misbehaviour.ClockOffset = TimeSpan.FromSeconds((double)seconds)))
            : "Say by how much: seconds=90."),
        new("delist", "drops a product: symbol=BTC-USD; on=false lists it again", (venue, parameters) => venue.FindSymbol(parameters.Text("symbol")) is { } product
            ? Done(() => venue.Do(_ => product.IsListed = !parameters.IsOn))
            : NoSymbol(parameters)),
        new("lie", "multiplies a product's prices: symbol=BTC-USD, factor=1.5", Lie),
        Lasting("crossed", "sends bids above asks", (bad, isOn) => bad.SendsCrossedBooks = isOn),
        Lasting("missing", "leaves out last price, bid size and time", (bad, isOn) => bad.LeavesOutFields = isOn),
        Lasting("exponents", "writes JSON numbers with exponents", (bad, isOn) => bad.SendsExponents = isOn),
        Lasting("decimals", "sends prices with 18 decimals", (bad, isOn) => bad.SendsManyDecimals = isOn),
        Lasting("zeros", "sends bids and last prices of zero", (bad, isOn) => bad.SendsZeros = isOn),
        Lasting("no-limits", "overlooks the exchange's limits", (bad, isOn) => bad.IgnoresLimits = isOn),
    ];

    /// <summary>A line for each.</summary>
    public static string Help => string.Join('\n', All.Select(command => $"{command.Name}: {command.Help}"));

    private static ControlCommand Lasting(string name, string help, Action<Misbehaviour, bool> set) =>
        new(name, $"{help}, until on=false", (venue, parameters) => Done(() => venue.Do(_ => set(venue.Misbehaviour, parameters.IsOn))));

    private static string? Done(Action action)
    {
        action();
        return null;
    }

    private static string? ForAll(Venue venue, Action<ClientConnection> action) =>
        Done(() => venue.Do(_ =>
        {
            foreach (var client in venue.Open)
            {
                action(client);
            }
        }));

    private static string? Refuse(Venue venue, ControlParameters parameters) =>
        SetStatus(venue, parameters, (bad, status) =>
        {
            bad.RefusesWith = status;
            bad.RetryAfter = parameters.Number("retry-after") is { } seconds ? TimeSpan.FromSeconds((double)seconds) : null;
        });

    private static string? SetStatus(Venue venue, ControlParameters parameters, Action<Misbehaviour, int?> set)
    {
        var status = parameters.IsOn ? parameters.Number("status") : null;
        return parameters.IsOn && status is not (>= 400 and <= 599)
            ? "Say with which HTTP status, 400 to 599: status=503."
            : Done(() => venue.Do(_ => set(venue.Misbehaviour, (int?)status)));
    }

    private static string? Close(Venue venue, ControlParameters parameters)
    {
        var code = (int)(parameters.Number("code") ?? GoingAway);
        return code is >= 1000 and <= 4999 ? ForAll(venue, client => client.Close(code, "told to")) : "A close code is 1000 to 4999: code=1001.";
    }

    private static void SendGarbage(ClientConnection client)
    {
        client.SendRaw("<html>502 Bad Gateway</html>");
        client.SendRaw(Opcode.Binary, [0, 1, 2, 0xFF]);
        client.SendRaw("""{"type":"ticker","product_id":"BTC""");
    }

    private static string? SendHuge(Venue venue, ControlParameters parameters)
    {
        var bytes = parameters.Number("bytes") ?? UsualHugeBytes;
        if (bytes is not (>= 1 and <= MaxHugeBytes))
        {
            return $"A message can have 1 to {MaxHugeBytes} bytes: bytes={UsualHugeBytes}.";
        }

        var message = new byte[(int)bytes];
        message.AsSpan().Fill((byte)'x');
        return ForAll(venue, client => client.SendRaw(Opcode.Text, message));
    }

    private static string? Lie(Venue venue, ControlParameters parameters)
    {
        var symbol = parameters.Text("symbol");
        if (venue.FindSymbol(symbol) is null)
        {
            return NoSymbol(parameters);
        }

        return parameters.Number("factor") is { } factor
            ? Done(() => venue.Do(_ => venue.Misbehaviour.Lies[symbol] = factor))
            : "Say by how much: factor=1.5.";
    }

    private static string NoSymbol(ControlParameters parameters) => $"There is no symbol '{parameters.Text("symbol")}': symbol=BTC-USD.";
}
