using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>
/// The protocol of one exchange: what it sends and how it answers. All calls are made under the lock of the exchange's <see cref="Venue"/>.
/// An instance serves one venue.
/// </summary>
internal interface IDialect
{
    /// <summary>The exchange's name in the system's settings, such as <c>Coinbase</c>; in lower case its paths begin with it.</summary>
    string Name { get; }

    /// <summary>The path of its WebSocket, after its name; empty for none.</summary>
    string SocketPath { get; }

    /// <summary>The path of its list of products, after its name, with its query.</summary>
    string ProductsPath { get; }

    /// <summary>How many channels a product has. They are numbered from 0.</summary>
    int Channels { get; }

    /// <summary>How many connections it accepts in which time; null if it sets no limit.</summary>
    Pace? ConnectPace { get; }

    /// <summary>How many frames a client may send in which time; null if it sets no limit.</summary>
    Pace? MessagePace { get; }

    /// <summary>What the exchange's messages call a symbol.</summary>
    /// <param name="base">What is traded.</param>
    /// <param name="quote">What it is paid with.</param>
    string ProductOf(string @base, string quote);

    /// <summary>Writes the list of products, as its REST interface gives it.</summary>
    ReadOnlySpan<byte> WriteProducts(MessageWriter writer, IEnumerable<Product> products);

    /// <summary>A client has connected.</summary>
    /// <param name="venue">The exchange.</param>
    /// <param name="client">The client.</param>
    void Open(Venue venue, ClientConnection client);

    /// <summary>A client has sent a text message.</summary>
    void Receive(Venue venue, ClientConnection client, ReadOnlyMemory<byte> message);

    /// <summary>Whether a client's frame counts for <see cref="MessagePace"/>.</summary>
    bool IsCounted(Opcode opcode, ReadOnlySpan<byte> payload);

    /// <summary>A client has sent more messages than <see cref="MessagePace"/> allows. The message is not read.</summary>
    void Refuse(Venue venue, ClientConnection client);

    /// <summary>A trade was made.</summary>
    void Trade(Venue venue, Product product);

    /// <summary>The book's top has changed.</summary>
    void Book(Venue venue, Product product);

    /// <summary>Some time has passed: it is called ten times a second.</summary>
    /// <param name="venue">The exchange.</param>
    /// <param name="isSecond">Whether a second has passed since the last call with this.</param>
    void Beat(Venue venue, bool isSecond);

    /// <summary>Asks a client to connect anew, in the exchange's way.</summary>
    void AskToReconnect(Venue venue, ClientConnection client);
}
