using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>The names by which clients ask for a level of detail, in messages and in the query of the handshake.</summary>
internal static class DetailNames
{
    private const string Price = "price";
    private const string Full = "full";

    /// <summary>What a name has to be, for errors.</summary>
    public const string Choice = $"\"{Price}\" or \"{Full}\"";

    public static string NameOf(DetailLevel detail) => detail == DetailLevel.Full ? Full : Price;

    /// <summary>Reads a name; false if there is no such level.</summary>
    public static bool TryRead(string? name, out DetailLevel detail)
    {
        detail = name == Full ? DetailLevel.Full : DetailLevel.Price;
        return name is Price or Full;
    }
}
