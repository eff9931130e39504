namespace OrleansTicker.LoadTest.Attack;

/// <summary>A kind of attack on a gateway.</summary>
internal interface IAttack
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>A description for the report.</summary>
    string Title { get; }

    /// <summary>How often it is tried in a full attack.</summary>
    int Count { get; }

    /// <summary>Executes the attack and counts the gateway's answers in <see cref="Attackers.Answers"/>.</summary>
    Task ExecuteAsync(Attackers attackers, CancellationToken cancellationToken);
}
