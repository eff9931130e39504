using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// The views that sessions have now, each once. A session has one at a time, so a client makes the gateway keep at most one for each of its
/// WebSockets. Any thread may call it.
/// </summary>
internal sealed class Views
{
    private readonly Lock _changing = new();
    private readonly Dictionary<ViewKey, SharedView> _shared = [];

    /// <summary>The number of views.</summary>
    public int Count
    {
        get
        {
            lock (_changing)
            {
                return _shared.Count;
            }
        }
    }

    /// <summary>Gets the view of these symbols in this encoding. The caller must release it when it no longer uses it.</summary>
    /// <param name="symbols">The symbols, in ordinal order.</param>
    /// <param name="encoding">How its frames are written.</param>
    public View Acquire(ImmutableArray<string> symbols, IQuoteEncoding encoding)
    {
        var key = new ViewKey(symbols, encoding);
        lock (_changing)
        {
            if (!_shared.TryGetValue(key, out var shared))
            {
                _shared.Add(key, shared = new SharedView(new View(symbols, encoding)));
            }

            shared.Sessions++;
            return shared.View;
        }
    }

    /// <summary>Releases a view that was acquired.</summary>
    public void Release(View view)
    {
        var key = new ViewKey(view.Symbols, view.Encoding);
        lock (_changing)
        {
            if (--_shared[key].Sessions == 0)
            {
                _shared.Remove(key);
            }
        }
    }

    private sealed class SharedView(View view)
    {
        public View View => view;

        public int Sessions { get; set; }
    }
}
