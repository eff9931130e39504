namespace OrleansTicker.Gateway.Delivery;

/// <summary>The names of <see cref="TransportKind"/> in metrics and on the dashboard.</summary>
internal static class TransportKinds
{
    public static string Name(this TransportKind kind) => kind switch
    {
        TransportKind.Uring => "uring",
        TransportKind.Send => "send",
        TransportKind.Stream => "stream",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
