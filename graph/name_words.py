"""Words that names are made of: particles, titles, familiar forms, and the commonest names.

The lists tell a given name from a surname where the order does not, and one known name from a
misspelling of another; a name that is in none of them is compared all the same.
"""

from __future__ import annotations

PARTICLES = frozenset(
    "de del la las los el y e da do dos das di van von der den al ul bin ben ibn bint abu".split()
)
"""Little words that come and go before a surname."""
WIDOW = frozenset(("vda", "viuda", "vd"))
TITLES = frozenset(
    "dr dra gral general cap capitan cnel coronel tcnel tte teniente sgto sargento cmdte "
    "comandante alm almirante my mayor lic ing prof profe abg abog sr sra don dona fray mons "
    "monsenor mr mrs ms".split()
)
"""Ranks and forms of address before a name."""
GENERATIONS = {
    "padre": "padre",
    "senior": "padre",
    "hijo": "hijo",
    "junior": "hijo",
    "jr": "hijo",
    "ii": "hijo",
}
"""What is written after a name to tell father from son."""
SHORTENED = {"ma": "maria", "fco": "francisco", "jse": "jose", "gpe": "guadalupe",
             "hdez": "hernandez", "gzlez": "gonzalez",
             "rdguez": "rodriguez", "mtnez": "martinez"}  # fmt: skip
"""Written abbreviations of whole names."""
FAMILIAR = {
    "pepe": "jose", "chepe": "jose", "paco": "francisco", "pancho": "francisco", "chuy": "jesus",
    "chucho": "jesus", "nacho": "ignacio", "quique": "enrique", "kike": "enrique",
    "lupe": "guadalupe", "lupita": "guadalupe", "meche": "mercedes", "alex": "alejandro",
    "manolo": "manuel", "chabela": "isabel", "charo": "rosario", "beto": "alberto",
    "lalo": "eduardo", "lola": "dolores", "tono": "antonio", "memo": "guillermo",
    "gabo": "gabriel", "rafa": "rafael", "fede": "federico", "nando": "fernando", "nene": "rene",
    "santi": "santiago", "tito": "roberto", "conchita": "concepcion", "tere": "teresa",
    "pili": "pilar", "mari": "maria", "juancho": "juan", "cheo": "jose", "goyo": "gregorio",
    "neto": "ernesto", "moncho": "ramon", "kenny": "kennedy", "bob": "roberto",
}  # fmt: skip
"""What people are called, and the given name that it stands for."""
ALSO_FAMILIAR = {("beto", "roberto"), ("tito", "hector"), ("alex", "alexander"), ("alex", "alexis")}
GIVEN = frozenset(
    "aaron abel abraham adan adolfo adrian adriana agustin aida alba alberto alejandra "
    "alejandro alexander alexandra alexis alfonso alfredo alicia alma alonso alvaro amalia "
    "amanda amelia ana andrea andreina andres angel angela angelica anibal antonia antonio "
    "ariel armando arturo aurora barbara beatriz belkis benito benjamin bernardo betsabe "
    "betty blanca brenda bruno camila camilo carla carlos carmelo carmen carolina cecilia "
    "celia cesar christian clara claudia claudio concepcion consuelo coromoto cristian "
    "cristina cristobal dalia damian daniel daniela dario david dayana deisy delia diana "
    "diego dolores domingo dora edgar edith edmundo eduardo edwin efrain elena eli elias elia "
    "elisa elizabeth eloy elsa elvira emilia emilio emma enrique erika ernesto esperanza "
    "esteban estela esther eugenia eugenio eva evelyn ezequiel fabian fabiola fatima federico "
    "felipe felix fernanda fernando fidel flor florencia francis francisca francisco franklin "
    "fredy freddy gabriel gabriela genesis gerardo german gilberto gisela gladys gloria "
    "gonzalo graciela gregoria gregorio guadalupe guillermo gustavo hector helena henry "
    "heriberto hernan hilda hugo humberto ida ignacio ines ingrid irene iris isaac isabel "
    "isaias ismael israel ivan ivonne jacinto jackeline jacqueline jaime janeth javier jazmin "
    "jenny jeremias jesus jhonny joaquin joel jonathan jorge jorgelina jose josefa josefina "
    "joshua juan juana judith julia julian juliana julieta julio karen karina karla katherine "
    "keila kevin laura leandro leidy leonardo leonel leonor leopoldo leticia liliana lilia "
    "lisandro lorena lorenzo lourdes lucas lucia luciano lucrecia lucy luis luisa luz magaly "
    "manuel marcela marcelo marco marcos margarita maria mariana maribel maricela marina "
    "mario marisol marlene marta martha martin mary mateo matias mauricio maximiliano maximo "
    "melissa mercedes miguel milagros milena mireya miriam mirta moises monica myriam nancy "
    "natalia nelly nelson nestor nicolas noel noelia nora norma nubia octavio odalis ofelia "
    "olga omar orlando oscar osvaldo oswaldo pablo paola patricia paula paulina pedro pilar "
    "rafael rafaela ramiro ramon ramona raquel raul rebeca reina rene reynaldo ricardo rita "
    "roberto rocio rodolfo rodrigo rogelio roman rosa rosalba rosario rosaura ruben ruth "
    "salvador samuel sandra santiago santos sara saul sebastian sergio silvia simon sofia "
    "soledad sonia stella susana tatiana teodoro teresa tomas trinidad ursula valentin "
    "valentina vanessa veronica vicente victor victoria virginia vladimir walter wilfredo "
    "william willian wilmer wilson xavier ximena xiomara yajaira yamileth yaneth yesenia "
    "yolanda yonathan yulimar yuri zoraida zulay zuleima".split()
)
"""Common given names of Spanish-speaking countries, folded."""
SURNAMES = frozenset(
    "abreu acevedo acosta acuna aguilar aguirre alarcon alcala alfonso alvarado alvarez amaya "
    "andrade angulo aponte aragon aranguren araujo arenas arevalo arias armas arocha arteaga "
    "avila ayala aguilera baez barrera barreto barrientos barrios bastidas bautista becerra "
    "bello benavides benitez bermudez bernal betancourt blanco bolivar bonilla borges bravo "
    "briceno brito bueno caballero cabello cabrera caceres calderon camacho camejo campos "
    "cano cardenas cardona caro carrasco carrasquero carrero carrillo carvajal casanova "
    "castaneda castellanos castillo castro cedeno centeno cespedes chacin chacon chavez "
    "cisneros colmenares contreras cordero cordova coronado coronel correa cortes cortez cruz "
    "cuellar davila delgado diaz dominguez duarte duque duran echeverria escalona escobar "
    "escobedo espinal espinosa espinoza esteves estrada fajardo farias fermin fernandez "
    "ferrer figueroa flores fonseca franco freites fuentes fuenmayor galindo gallardo "
    "gallegos galvis gamez garcia garrido gil gimenez godoy gomez gonzales gonzalez graterol "
    "guerra guerrero guevara guillen gutierrez guzman henriquez heredia hernandez herrera "
    "hidalgo hurtado ibanez ibarra infante izquierdo jaimes jara jaramillo jimenez juarez "
    "labrador lara leal ledezma leon linares liendo lobo lopez lozada lozano lucena lugo luna "
    "macias madera madrid maldonado manrique manzano marcano marin marquez martinez martin "
    "marti mata matos medina mejia mena mendez mendoza meneses mesa meza miranda molina "
    "moncada montana montenegro montero montes montilla montoya mora morales moran moreno "
    "morillo mosquera moya munoz murillo narvaez nava navarro navas nieto nieves noguera "
    "nunez ocando ochoa ojeda oliveros olivo oropeza orozco ortega ortiz osorio osuna otero "
    "oviedo pacheco padilla padron paez palacios palma pantoja parada paredes parra paz pena "
    "penaloza penalver perdomo pereda perez pernia pineda pinto pirela pinero polanco "
    "portillo prado prato prieto puerta pulido querales quijada quinones quintana quintero "
    "quiroz ramirez ramos rangel reina rendon requena reyes reyna rincon rios rivas rivera "
    "rivero robles rodriguez rojas roman romero rondon rosales rosario rosas ruiz saavedra "
    "salas salazar salcedo salgado salinas sanabria sanchez sandoval santana santiago santos "
    "segovia sequera serrano sierra silva solano solorzano sosa soto souza suarez tapia "
    "tellez teran toledo toro torrealba torres tovar trejo trujillo ugueto urbina urdaneta "
    "uribe urrutia useche uzcategui valbuena valdez valencia valera valero valladares valle "
    "vallejo varela vargas vasquez vazquez vega velasco velasquez velez vera vergara vielma "
    "villa villalobos villalba villamizar villanueva villarreal villasmil villegas vivas "
    "yanez yepez zambrano zamora zapata zavala zerpa zuniga".split()
)
"""Common surnames of Spanish-speaking countries, folded."""
